//! Who can be in a partnership and when, and what it lacks.

use jiff::civil::Date;
use kvarter_domain::partnership::*;
use kvarter_domain::problem::Problems;
use kvarter_domain::text::Bilingual;

fn day(text: &str) -> Date {
    text.parse().expect("a day in a test")
}

fn codes(checked: Result<(), Problems>) -> Vec<String> {
    checked.err().unwrap_or_default().0.into_iter().map(|p| p.code).collect()
}

fn bounds() -> Bounds {
    Bounds { today: day("2009-06-01"), in_force: day("2008-10-20") }
}

fn partner(name: &str, category: Category, required_as: Option<&str>) -> Partner {
    Partner {
        id: format!("lua-2008/0180/{}", slug_of(name)).into(),
        agreement: "lua-2008/0180".into(),
        name: name.into(),
        orgnr: None,
        organisation: None,
        category,
        required_as: required_as.map(str::to_owned),
        record: "r".into(),
    }
}

fn joining(partner: &Partner, serial: i64, from: &str) -> Joining {
    Joining {
        partner: partner.id.clone(),
        agreement: partner.agreement.clone(),
        serial,
        mode: Mode::Member,
        basis: Basis::Voluntary,
        decision_reference: None,
        from_day: day(from),
        registered_on: day(from),
        record: "r".into(),
    }
}

fn departure(partner: &Partner, serial: i64, last: &str) -> Departure {
    Departure {
        partner: partner.id.clone(),
        agreement: partner.agreement.clone(),
        serial,
        last_day: day(last),
        reason: None,
        registered_on: day(last),
        record: "r".into(),
    }
}

fn police() -> Partner {
    partner("Polismyndigheten i Stockholms län", Category::StateAuthority, Some("police"))
}

fn required() -> Vec<RequiredPartner> {
    [("police", "Polismyndigheten"), ("insurance", "Försäkringskassan")]
        .map(|(id, name)| RequiredPartner {
            id: id.into(),
            name: Bilingual { sv: name.into(), en: name.into() },
            decision: "IJ2008/1215/IU".into(),
            from_day: day("2008-05-22"),
            to_day: None,
            source: Bilingual { sv: String::new(), en: String::new() },
        })
        .into()
}

#[test]
fn a_partner_is_in_on_its_first_day_and_its_last_and_on_neither_side() {
    let known = Partnership {
        joinings: vec![joining(&police(), 1, "2008-11-01")],
        departures: vec![departure(&police(), 1, "2009-03-31")],
        partners: vec![police()],
        ..Partnership::default()
    };
    let there = ["2008-10-31", "2008-11-01", "2009-03-31", "2009-04-01"].map(|d| known.on(day(d)).len());
    assert_eq!(there, [0, 1, 1, 0]);
    assert_eq!(known.parties()[0].last, Some(day("2009-03-31")));
}

#[test]
fn a_change_of_mode_is_a_departure_and_a_new_joining_and_the_times_do_not_overlap() {
    let (joined, left) = ([joining(&police(), 1, "2008-11-01")], [departure(&police(), 1, "2009-03-31")]);
    let (partners, supporter) =
        ([police()], Joining { mode: Mode::Supporter, ..joining(&police(), 2, "2009-04-01") });
    let open = memberships(&partners, &joined, &[]);
    assert_eq!(codes(check_joining(&supporter, &open, &bounds())), ["partner-already-in"]);
    let ended = memberships(&partners, &joined, &left);
    assert_eq!(codes(check_joining(&supporter, &ended, &bounds())), [] as [&str; 0]);
    let same_day = Joining { from_day: day("2009-03-31"), ..supporter };
    assert_eq!(codes(check_joining(&same_day, &ended, &bounds())), ["partner-already-in"]);
}

#[test]
fn nobody_joins_before_the_agreement_is_in_force_nor_in_the_future_nor_by_an_order_without_a_decision() {
    let early = Joining { basis: Basis::Mandated, ..joining(&police(), 1, "2008-10-19") };
    assert_eq!(
        codes(check_joining(&early, &[], &bounds())),
        ["partnership-before-in-force", "mandate-without-decision"]
    );
    let late = joining(&police(), 1, "2009-06-02");
    assert_eq!(codes(check_joining(&late, &[], &bounds())), ["day-in-the-future"]);
}

#[test]
fn nobody_leaves_twice_nor_before_joining_nor_without_having_joined() {
    let (partners, joined, left) =
        ([police()], [joining(&police(), 1, "2008-11-01")], [departure(&police(), 1, "2009-03-31")]);
    let there = memberships(&partners, &joined, &[]);
    let early = departure(&police(), 1, "2008-10-31");
    assert_eq!(codes(check_departure(&early, &there, &bounds())), ["departure-before-joining"]);
    let gone = memberships(&partners, &joined, &left);
    assert_eq!(codes(check_departure(&left[0], &gone, &bounds())), ["partner-has-left"]);
    assert_eq!(codes(check_departure(&left[0], &[], &bounds())), ["partner-not-in"]);
}

#[test]
fn a_partner_is_entered_once_by_name_by_number_and_by_organisation() {
    let known = [Partner {
        orgnr: Some("202100-5521".into()),
        organisation: Some("fk".into()),
        ..partner("Försäkringskassan", Category::StateAuthority, None)
    }];
    let same = |new: Partner| codes(check_partner(&new, &known, &["police".into()]));
    let kassan = partner("Kassan", Category::StateAuthority, None);
    assert_eq!(same(partner("försäkringskassan ", Category::Other, None)), ["partner-twice"]);
    assert_eq!(
        same(Partner { orgnr: Some("202100-5521".into()), ..kassan.clone() }),
        ["partner-orgnr-twice"]
    );
    assert_eq!(
        same(Partner { organisation: Some("fk".into()), ..kassan.clone() }),
        ["partner-organisation-twice"]
    );
    assert_eq!(
        same(Partner {
            name: " ".into(),
            orgnr: Some("202100-5522".into()),
            required_as: Some("army".into()),
            ..kassan
        }),
        ["partner-name-missing", "orgnr-check-digit", "required-partner-unknown"]
    );
}

#[test]
fn an_ordered_authority_that_leaves_is_a_gap_from_the_day_after_in_every_district() {
    let (husby, rinkeby) = ("01800154".to_owned(), "01800148".to_owned());
    let insurance = partner("Försäkringskassan", Category::StateAuthority, Some("insurance"));
    let mut known = Partnership {
        joinings: vec![joining(&police(), 1, "2008-11-01"), joining(&insurance, 1, "2008-11-01")],
        departures: vec![departure(&police(), 1, "2009-03-31")],
        partners: vec![police(), insurance.clone()],
        ..Partnership::default()
    };
    let districts = [husby.clone(), rinkeby];
    let lacking = |known: &Partnership, on: &str| -> Vec<(String, Option<String>, Option<String>)> {
        composition(known, &required(), &districts, day(on))
            .gaps
            .into_iter()
            .filter(|gap| gap.required.is_some())
            .map(|gap| (gap.lack.code().to_owned(), gap.required, gap.district))
            .collect()
    };
    assert_eq!(lacking(&known, "2009-03-31"), []);
    let gone = ("not-in-partnership".to_owned(), Some("police".to_owned()), None);
    assert_eq!(lacking(&known, "2009-04-01"), std::slice::from_ref(&gone));

    known.groups.push(WorkingGroup {
        id: "g".into(),
        agreement: "lua-2008/0180".into(),
        serial: 1,
        district: Some(husby.clone()),
        name: "Husbygruppen".into(),
        task: None,
        from_day: day("2008-11-01"),
        registered_on: day("2008-11-01"),
        record: "r".into(),
    });
    let not_in_group = ("not-in-group".to_owned(), Some("insurance".to_owned()), Some(husby));
    assert_eq!(lacking(&known, "2009-04-01"), [gone, not_in_group]);
}

#[test]
fn a_supporter_fills_no_place_in_the_partnership_and_empty_categories_are_told() {
    let known = Partnership {
        joinings: vec![Joining { mode: Mode::Supporter, ..joining(&police(), 1, "2008-11-01") }],
        partners: vec![police()],
        ..Partnership::default()
    };
    let lacking = composition(&known, &[], &[], day("2009-01-01"));
    let empty: Vec<_> = lacking.gaps.iter().filter_map(|gap| gap.category).collect();
    assert_eq!(empty, &Category::ALL[..5], "other organisations are not asked for");
}

#[test]
fn an_invitation_is_open_until_it_is_answered_or_the_invited_has_joined() {
    let invited = Invitation {
        partner: police().id,
        agreement: "lua-2008/0180".into(),
        serial: 1,
        mode: Mode::Member,
        invited_on: day("2008-11-01"),
        note: None,
        registered_on: day("2008-11-01"),
        record: "r".into(),
    };
    let known = Partnership {
        invitations: vec![invited.clone()],
        joinings: vec![joining(&police(), 1, "2009-01-01")],
        partners: vec![police()],
        ..Partnership::default()
    };
    let open = ["2008-10-31", "2008-11-01", "2008-12-31", "2009-01-01"]
        .map(|d| known.open_invitations(day(d)).count());
    assert_eq!(open, [0, 1, 1, 0]);
    let answered = Partnership {
        answers: vec![InvitationAnswer {
            partner: police().id,
            agreement: "lua-2008/0180".into(),
            serial: 1,
            answer: Answer::Declined,
            answered_on: day("2008-11-10"),
            note: None,
            by: "0180".into(),
            registered_on: day("2008-11-10"),
            record: "r".into(),
        }],
        joinings: Vec::new(),
        ..known
    };
    assert_eq!(answered.open_invitations(day("2008-11-09")).count(), 1);
    assert_eq!(answered.open_invitations(day("2008-11-10")).count(), 0);
}

#[test]
fn an_id_is_made_of_the_name() {
    assert_eq!(slug_of("Polismyndigheten i Stockholms län"), "polismyndigheten-i-stockholms-lan");
    assert_eq!(slug_of("  AB Svenska Bostäder!  "), "ab-svenska-bostader");
    assert_eq!(slug_of("—"), "");
}
