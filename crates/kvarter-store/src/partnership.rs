//! Partnerships: who is in them, who was asked, and what they have said and decided.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, json, text};
use crate::read::ReadTx;
use jiff::civil::Date;
use kvarter_domain::correction::Correction;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use kvarter_domain::partnership::{
    CorrectedInPartnership, Departure, Dialogue, DialogueResponse, GroupDeparture, GroupMember, Invitation,
    InvitationAnswer, Joining, Meeting, Need, NeedAnswer, OrganisationDescription, Partner, Partnership,
    RegionalContact, WorkingGroup,
};
use std::collections::BTreeMap;

impl Fact for Partner {
    const TABLE: &'static Table = &Table {
        name: "partner",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            text("name"),
            text("orgnr").or_null(),
            text("organisation").or_null(),
            text("category"),
            text("required_as").or_null(),
            text("record"),
        ],
    };
}

impl Fact for Joining {
    const TABLE: &'static Table = &Table {
        name: "partner_joining",
        key: &["partner", "serial"],
        columns: &[
            text("partner"),
            text("agreement"),
            integer("serial"),
            text("mode"),
            text("basis"),
            text("decision_reference").or_null(),
            text("from_day"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for Departure {
    const TABLE: &'static Table = &Table {
        name: "partner_departure",
        key: &["partner", "serial"],
        columns: &[
            text("partner"),
            text("agreement"),
            integer("serial"),
            text("last_day"),
            text("reason").or_null(),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for Invitation {
    const TABLE: &'static Table = &Table {
        name: "invitation",
        key: &["partner", "serial"],
        columns: &[
            text("partner"),
            text("agreement"),
            integer("serial"),
            text("mode"),
            text("invited_on"),
            text("note").or_null(),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for InvitationAnswer {
    const TABLE: &'static Table = &Table {
        name: "invitation_answer",
        key: &["partner", "serial"],
        columns: &[
            text("partner"),
            text("agreement"),
            integer("serial"),
            text("answer"),
            text("answered_on"),
            text("note").or_null(),
            text("by"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for OrganisationDescription {
    const TABLE: &'static Table = &Table {
        name: "organisation_description",
        key: &["agreement", "serial"],
        columns: &[
            text("agreement"),
            integer("serial"),
            text("from_day"),
            text("words"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for WorkingGroup {
    const TABLE: &'static Table = &Table {
        name: "working_group",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            integer("serial"),
            text("district").or_null(),
            text("name"),
            text("task").or_null(),
            text("from_day"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for GroupMember {
    const TABLE: &'static Table = &Table {
        name: "group_member",
        key: &["group", "partner", "serial"],
        columns: &[
            text("group"),
            text("agreement"),
            text("partner"),
            integer("serial"),
            text("from_day"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for GroupDeparture {
    const TABLE: &'static Table = &Table {
        name: "group_departure",
        key: &["group", "partner", "serial"],
        columns: &[
            text("group"),
            text("agreement"),
            text("partner"),
            integer("serial"),
            text("last_day"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for Meeting {
    const TABLE: &'static Table = &Table {
        name: "meeting",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            integer("serial"),
            text("group").or_null(),
            text("held_on"),
            json("present"),
            json("decisions"),
            text("document").or_null(),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for RegionalContact {
    const TABLE: &'static Table = &Table {
        name: "regional_contact",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            integer("serial"),
            text("kind"),
            text("counterpart"),
            text("day"),
            text("outcome"),
            text("link").or_null(),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for Dialogue {
    const TABLE: &'static Table = &Table {
        name: "dialogue",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            integer("serial"),
            text("kind"),
            text("district"),
            text("day"),
            text("form"),
            text("theme"),
            integer("taking_part").or_null(),
            text("said"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for DialogueResponse {
    const TABLE: &'static Table = &Table {
        name: "dialogue_response",
        key: &["dialogue", "serial"],
        columns: &[
            text("dialogue"),
            text("agreement"),
            integer("serial"),
            text("day"),
            text("done"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for Need {
    const TABLE: &'static Table = &Table {
        name: "need",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            integer("serial"),
            text("district").or_null(),
            text("by"),
            text("partner").or_null(),
            text("addressed_to"),
            text("words"),
            text("raised_on"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for NeedAnswer {
    const TABLE: &'static Table = &Table {
        name: "need_answer",
        key: &["need", "serial"],
        columns: &[
            text("need"),
            text("agreement"),
            integer("serial"),
            text("answered_on"),
            text("words"),
            text("by"),
            text("registered_on"),
            text("record"),
        ],
    };
}

const OF_AGREEMENT: &str = "agreement = $1";
const OF_PROGRAMME: &str = "agreement in (select id from agreement where programme = $1)";

/// All that is known of one agreement's partnership.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_agreement(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Partnership> {
    as_known(tx, agreement, Date::MAX).await
}

/// The same, with what had been corrected by a day taken out; what is corrected later stands.
///
/// # Errors
/// Whatever the engine reports.
pub async fn as_known(tx: &mut ReadTx, agreement: &AgreementId, day: Date) -> Result<Partnership> {
    where_holds(tx, OF_AGREEMENT, &Bind::from(agreement), day).await
}

/// The partnerships of a programme's agreements: the same number of questions however many there are. An agreement
/// whose partnership nothing is known of is not among them.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_programme(
    tx: &mut ReadTx,
    programme: &ProgrammeId,
) -> Result<BTreeMap<AgreementId, Partnership>> {
    let all = where_holds(tx, OF_PROGRAMME, &Bind::from(programme), Date::MAX).await?;
    let mut apart: BTreeMap<AgreementId, Partnership> = BTreeMap::new();
    macro_rules! part {
        ($($field:ident),+ $(,)?) => {
            $(for fact in all.$field {
                apart.entry(fact.agreement.clone()).or_default().$field.push(fact);
            })+
        };
    }
    part![
        partners,
        joinings,
        departures,
        invitations,
        answers,
        groups,
        group_members,
        group_departures,
        descriptions,
        meetings,
        dialogues,
        responses,
        regional,
        needs,
        need_answers,
    ];
    Ok(apart)
}

async fn where_holds(
    tx: &mut ReadTx,
    condition: &'static str,
    bound: &Bind,
    corrected_by: Date,
) -> Result<Partnership> {
    let bound = std::slice::from_ref(bound);
    let mut known = Partnership {
        partners: tx.all(condition, bound).await?,
        joinings: tx.all(condition, bound).await?,
        departures: tx.all(condition, bound).await?,
        invitations: tx.all(condition, bound).await?,
        answers: tx.all(condition, bound).await?,
        groups: tx.all(condition, bound).await?,
        group_members: tx.all(condition, bound).await?,
        group_departures: tx.all(condition, bound).await?,
        descriptions: tx.all(condition, bound).await?,
        meetings: tx.all(condition, bound).await?,
        dialogues: tx.all(condition, bound).await?,
        responses: tx.all(condition, bound).await?,
        regional: tx.all(condition, bound).await?,
        needs: tx.all(condition, bound).await?,
        need_answers: tx.all(condition, bound).await?,
        corrected: CorrectedInPartnership::default(),
    };
    known.correct(&tx.all::<Correction>(condition, bound).await?, corrected_by);
    // By number and not by the text of an id, in which 10 comes before 2.
    known.groups.sort_by_key(|group| group.serial);
    known.meetings.sort_by_key(|meeting| (meeting.held_on, meeting.serial));
    known.dialogues.sort_by_key(|dialogue| (dialogue.day, dialogue.serial));
    known.regional.sort_by_key(|contact| (contact.day, contact.serial));
    known.needs.sort_by_key(|need| need.serial);
    Ok(known)
}

/// The dialogues with residents under one agreement that count, by day.
///
/// # Errors
/// Whatever the engine reports.
pub async fn dialogues_of(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Vec<Dialogue>> {
    let bound = [Bind::from(agreement)];
    let mut known = Partnership { dialogues: tx.all(OF_AGREEMENT, &bound).await?, ..Partnership::default() };
    known.correct(&tx.all::<Correction>(OF_AGREEMENT, &bound).await?, Date::MAX);
    known.dialogues.sort_by_key(|dialogue| (dialogue.day, dialogue.serial));
    Ok(known.dialogues)
}

/// The partners that an organisation is, in every partnership that it has to do with.
///
/// # Errors
/// Whatever the engine reports.
pub async fn partners_of(tx: &mut ReadTx, organisation: &OrganisationId) -> Result<Vec<Partner>> {
    tx.all("organisation = $1", &[Bind::from(organisation)]).await
}
