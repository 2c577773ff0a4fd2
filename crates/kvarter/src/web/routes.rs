//! Every route: its method, its address and the act that it requires.
//!
//! The list is the product's table of contents. A test prints it to `tests/routes.txt`, where a new route is
//! a line that a reviewer sees, and asks every one of them what it answers someone who is not signed in.

use axum::handler::Handler;
use axum::routing::MethodRouter;
use kvarter_domain::access::Act;

use super::{
    Served, agreement, agreement_act, assets, calendar, certificate, check, collaboration, collaboration_act,
    correction, demo, desk, dispatch, district, duty, duty_act, electronic, identity, log, overview,
    partnership, partnership_act, partnership_work, people, plan, plan_compare, registry, registry_act,
    search, signing, start, workshop, workshop_act, workshop_part,
};

/// One route.
#[derive(Debug)]
pub struct Route {
    /// The method: `GET` or `POST`.
    pub method: &'static str,
    /// The address.
    pub path: &'static str,
    /// The act that a visitor must be allowed to get anywhere with it. The service asks for it again, of the
    /// thing itself; here it says who the route is for.
    pub act: Act,
    /// What answers.
    pub handler: MethodRouter<Served>,
}

fn get<H: Handler<T, Served>, T: 'static>(path: &'static str, act: Act, handler: H) -> Route {
    Route { method: "GET", path, act, handler: axum::routing::get(handler) }
}

fn post<H: Handler<T, Served>, T: 'static>(path: &'static str, act: Act, handler: H) -> Route {
    Route { method: "POST", path, act, handler: axum::routing::post(handler) }
}

/// Every route.
pub fn all() -> Vec<Route> {
    let mut routes = public();
    routes.extend(desk());
    routes
}

/// What anyone may read.
fn public() -> Vec<Route> {
    let read = Act::ReadPublic;
    vec![
        get("/", read, start::page),
        get("/sok", read, search::page),
        get("/om", read, start::about),
        get("/halsa", read, assets::health),
        get("/favicon.ico", read, assets::favicon),
        get("/robots.txt", read, assets::robots),
        get("/statisk/{*path}", read, assets::asset),
        get("/avtal", read, agreement::list),
        get("/avtal/{programme}/{municipality}", read, agreement::page),
        get("/avtal/{programme}/{municipality}/giltighet.pdf", read, certificate::pdf),
        get("/ataganden", read, duty::list),
        get("/ataganden/kalender", read, calendar::page),
        get("/ataganden.ics", read, duty::feed),
        get("/ataganden.json", read, duty::list_json),
        get("/atagande/{*id}", read, duty::page),
        get("/oversikt", read, overview::years),
        get("/oversikt/{programme}/{year}", read, overview::page),
        get("/diarium", read, registry::list),
        get("/diarium/{id}", read, registry::page),
        get("/diarium/{id}/handling", read, registry::document),
        get("/kontrollera", read, check::page),
        post("/kontrollera", read, check::compare),
        get("/stadsdel/{programme}/{municipality}/{district}", read, district::page),
        get("/planer", read, plan::list),
        get("/partnerskap", read, partnership::list),
        get("/partnerskap/{programme}/{municipality}", read, partnership::page),
        get("/overenskommelser/{programme}/{municipality}", read, collaboration::board),
        get("/overenskommelse/{programme}/{municipality}/{partner}", read, collaboration::page),
        get("/overenskommelse/{programme}/{municipality}/{partner}/fil/{serial}", read, collaboration::file),
        get("/plan/{programme}/{municipality}/{district}/{serial}", read, plan::version),
        get("/plan/{programme}/{municipality}/{district}/{serial}/utskrift.pdf", read, plan::print),
        get(
            "/plan/{programme}/{municipality}/{district}/{serial}/jamfor/{other}",
            read,
            plan_compare::compare,
        ),
        get(
            "/plan/{programme}/{municipality}/{district}/{serial}/skillnad/{other}",
            read,
            plan_compare::compare_json,
        ),
        get("/logg", read, log::page),
        get("/logg/rot.txt", read, log::checkpoint),
        get("/logg/konsistens.json", read, log::consistency),
        get("/logg/{seq}/bevis.json", read, log::proof),
    ]
}

/// What people do when they are signed in, and how they sign in.
fn desk() -> Vec<Route> {
    let (read, issue) = (Act::ReadPublic, Act::Issue);
    let mut routes = vec![
        get("/logga-in", read, identity::sign_in_page),
        post("/logga-in", read, identity::sign_in),
        post("/logga-in/som", read, identity::sign_in_as),
        post("/logga-ut", read, identity::sign_out),
        get("/sprak/{language}", read, identity::language),
        get("/att-gora", Act::SeeDesk, desk::page),
        get("/utskick", Act::SeeDispatch, dispatch::board),
        get("/utskick/nytt", issue, dispatch::issue_page),
        post("/utskick/nytt", issue, dispatch::issue),
        get("/utskick/arbete/{id}", Act::SeeDispatch, dispatch::work),
        get("/utskick/arbete/{id}/lage.json", Act::SeeDispatch, dispatch::work_json),
        get("/utskick/avsandning", issue, dispatch::send_page),
        post("/utskick/avsandning", issue, dispatch::send),
        get("/utskick/myndighet", Act::ManageOrganisations, dispatch::authority_page),
        post("/utskick/myndighet", Act::ManageOrganisations, dispatch::authority),
        get("/utskick/stadsdelar", Act::ManageOrganisations, dispatch::districts_page),
        post("/utskick/stadsdelar", Act::ManageOrganisations, dispatch::districts),
        get("/diarium/ny", Act::RegisterRecord, registry_act::register_page),
        post("/diarium/ny", Act::RegisterRecord, registry_act::register),
        get("/diarium/{id}/sekretess", Act::MarkSecrecy, registry_act::secrecy_page),
        post("/diarium/{id}/sekretess", Act::MarkSecrecy, registry_act::secrecy),
        get("/personer", Act::ManagePeople, people::list),
        get("/personer/ny", Act::ManagePeople, people::add_page),
        post("/personer/ny", Act::ManagePeople, people::add),
        get("/personer/uppdrag/{id}/slut", Act::ManagePeople, people::end_page),
        post("/personer/uppdrag/{id}/slut", Act::ManagePeople, people::end),
        get("/fullgor/{*id}", Act::Discharge, duty_act::meet_page),
        post("/fullgor/{*id}", Act::Discharge, duty_act::meet),
        get("/anstand/{*id}", Act::Extend, duty_act::extend_page),
        post("/anstand/{*id}", Act::Extend, duty_act::extend),
        get("/dag/{*id}", Act::Extend, duty_act::agree_day_page),
        post("/dag/{*id}", Act::Extend, duty_act::agree_day),
        get("/ratta/{kind}/{record}/{*about}", Act::Correct, correction::page),
        post("/ratta/{kind}/{record}/{*about}", Act::Correct, correction::correct),
        post("/demo/nasta", read, demo::next),
        post("/demo/till", read, demo::until),
        post("/demo/dag", read, demo::day),
    ];
    routes.extend(on_an_agreement());
    routes.extend(in_a_partnership());
    routes.extend(on_a_collaboration());
    routes.extend(workshop());
    routes
}

/// Where plans are written, adopted and reported.
fn workshop() -> Vec<Route> {
    let (read, write, adopt) = (Act::ReadDraft, Act::WriteDraft, Act::AdoptPlan);
    vec![
        get("/planverkstad/{programme}/{municipality}/{district}", read, workshop::overview),
        get("/planverkstad/{programme}/{municipality}/{district}/del/{kind}/{id}", read, workshop_part::part),
        post(
            "/planverkstad/{programme}/{municipality}/{district}/del/{kind}/{id}",
            write,
            workshop_part::save,
        ),
        get(
            "/planverkstad/{programme}/{municipality}/{district}/del/{kind}/{id}/historik",
            read,
            workshop_part::history,
        ),
        post(
            "/planverkstad/{programme}/{municipality}/{district}/del/{kind}/{id}/har",
            read,
            workshop_part::present,
        ),
        post(
            "/planverkstad/{programme}/{municipality}/{district}/del/{kind}/{id}/gor/{what}",
            read,
            workshop_part::on_part,
        ),
        post("/planverkstad/{programme}/{municipality}/{district}/ny/{kind}", write, workshop_part::add),
        get(
            "/planverkstad/{programme}/{municipality}/{district}/godta/{goal}/{*partner}",
            Act::AcceptGoal,
            workshop_act::accept_page,
        ),
        post(
            "/planverkstad/{programme}/{municipality}/{district}/godta/{goal}/{*partner}",
            Act::AcceptGoal,
            workshop_act::accept,
        ),
        get("/planverkstad/{programme}/{municipality}/{district}/faststall", adopt, workshop_act::adopt_page),
        post("/planverkstad/{programme}/{municipality}/{district}/faststall", adopt, workshop_act::adopt),
        get(
            "/plan/{programme}/{municipality}/{district}/{serial}/redovisa",
            adopt,
            workshop_act::report_page,
        ),
        post("/plan/{programme}/{municipality}/{district}/{serial}/redovisa", adopt, workshop_act::report),
        get("/planverkstad/{programme}/{municipality}/{district}/utbyte", read, workshop_act::exchange_page),
        post("/planverkstad/{programme}/{municipality}/{district}/utbyte", write, workshop_act::import),
        get(
            "/planverkstad/{programme}/{municipality}/{district}/fil/{file}",
            Act::ReadPublic,
            workshop_act::export,
        ),
        get("/statistik/ny", Act::LoadObservations, workshop_act::load_page),
        post("/statistik/ny", Act::LoadObservations, workshop_act::load),
    ]
}

/// What the parties do to an agreement.
fn on_an_agreement() -> Vec<Route> {
    vec![
        get("/avtal/{programme}/{municipality}/mottagande", Act::Receive, agreement_act::receive_page),
        post("/avtal/{programme}/{municipality}/mottagande", Act::Receive, agreement_act::receive),
        get(
            "/avtal/{programme}/{municipality}/godkannande",
            Act::RegisterApproval,
            agreement_act::approve_page,
        ),
        post("/avtal/{programme}/{municipality}/godkannande", Act::RegisterApproval, agreement_act::approve),
        get("/avtal/{programme}/{municipality}/avsandning", Act::Issue, agreement_act::send_page),
        post("/avtal/{programme}/{municipality}/avsandning", Act::Issue, agreement_act::send),
        get("/avtal/{programme}/{municipality}/retur", Act::SendBack, agreement_act::send_back_page),
        post("/avtal/{programme}/{municipality}/retur", Act::SendBack, agreement_act::send_back),
        get(
            "/avtal/{programme}/{municipality}/returregistrering",
            Act::RegisterReturn,
            agreement_act::register_return_page,
        ),
        post(
            "/avtal/{programme}/{municipality}/returregistrering",
            Act::RegisterReturn,
            agreement_act::register_return,
        ),
        get("/avtal/{programme}/{municipality}/forvaring", Act::Keep, agreement_act::keep_page),
        post("/avtal/{programme}/{municipality}/forvaring", Act::Keep, agreement_act::keep),
        get("/signeringsrum/{programme}/{municipality}", Act::ViewOriginal, signing::room),
        post("/signeringsrum/{programme}/{municipality}", Act::Attest, signing::attest),
        get("/signeringsrum/{programme}/{municipality}/sida/{page}", Act::ViewOriginal, electronic::page),
        get("/signeringsrum/{programme}/{municipality}/fil", Act::ViewOriginal, electronic::download),
        post("/signeringsrum/{programme}/{municipality}/signum", Act::Sign, electronic::initial),
        post("/signeringsrum/{programme}/{municipality}/underskrift", Act::Sign, electronic::sign),
        get("/signeringsrum/{programme}/{municipality}/skanning", Act::Attest, signing::scan_page),
        post("/signeringsrum/{programme}/{municipality}/skanning", Act::Attest, signing::scan),
        get(
            "/signeringsrum/{programme}/{municipality}/original/{mark}",
            Act::ViewOriginal,
            signing::original,
        ),
        get(
            "/signeringsrum/{programme}/{municipality}/skanning/{mark}",
            Act::ViewOriginal,
            signing::latest_scan,
        ),
        get("/signeringsrum/{programme}/{municipality}/matris.pdf", Act::ViewOriginal, signing::sheet),
    ]
}

/// What people do in a partnership.
fn in_a_partnership() -> Vec<Route> {
    let run = Act::RunPartnership;
    let (answer, raise) = (Act::AnswerInvitation, Act::RaiseNeed);
    vec![
        get("/partnerskap/{programme}/{municipality}/inbjudan", run, partnership_act::invite_page),
        post("/partnerskap/{programme}/{municipality}/inbjudan", run, partnership_act::invite),
        get("/partnerskap/{programme}/{municipality}/svar/{partner}", answer, partnership_act::answer_page),
        post("/partnerskap/{programme}/{municipality}/svar/{partner}", answer, partnership_act::answer),
        get("/partnerskap/{programme}/{municipality}/anslutning", run, partnership_act::join_page),
        post("/partnerskap/{programme}/{municipality}/anslutning", run, partnership_act::join),
        get("/partnerskap/{programme}/{municipality}/uttrade/{partner}", run, partnership_act::leave_page),
        post("/partnerskap/{programme}/{municipality}/uttrade/{partner}", run, partnership_act::leave),
        get("/partnerskap/{programme}/{municipality}/organisation", run, partnership_work::describe_page),
        post("/partnerskap/{programme}/{municipality}/organisation", run, partnership_work::describe),
        get("/partnerskap/{programme}/{municipality}/arbetsgrupp", run, partnership_work::group_page),
        post("/partnerskap/{programme}/{municipality}/arbetsgrupp", run, partnership_work::group),
        get(
            "/partnerskap/{programme}/{municipality}/arbetsgrupp/{number}/in",
            run,
            partnership_work::join_group_page,
        ),
        post(
            "/partnerskap/{programme}/{municipality}/arbetsgrupp/{number}/in",
            run,
            partnership_work::join_group,
        ),
        get(
            "/partnerskap/{programme}/{municipality}/arbetsgrupp/{number}/ut",
            run,
            partnership_work::leave_group_page,
        ),
        post(
            "/partnerskap/{programme}/{municipality}/arbetsgrupp/{number}/ut",
            run,
            partnership_work::leave_group,
        ),
        get("/partnerskap/{programme}/{municipality}/mote", run, partnership_work::meeting_page),
        post("/partnerskap/{programme}/{municipality}/mote", run, partnership_work::meeting),
        get("/partnerskap/{programme}/{municipality}/samrad", run, partnership_work::consult_page),
        post("/partnerskap/{programme}/{municipality}/samrad", run, partnership_work::consult),
        get("/partnerskap/{programme}/{municipality}/dialog", run, partnership_work::dialogue_page),
        post("/partnerskap/{programme}/{municipality}/dialog", run, partnership_work::dialogue),
        get(
            "/partnerskap/{programme}/{municipality}/dialog/{number}/svar",
            run,
            partnership_work::respond_page,
        ),
        post("/partnerskap/{programme}/{municipality}/dialog/{number}/svar", run, partnership_work::respond),
        get("/partnerskap/{programme}/{municipality}/behov", raise, partnership_work::need_page),
        post("/partnerskap/{programme}/{municipality}/behov", raise, partnership_work::need),
        get(
            "/partnerskap/{programme}/{municipality}/behov/{number}/svar",
            Act::AnswerNeed,
            partnership_work::answer_need_page,
        ),
        post(
            "/partnerskap/{programme}/{municipality}/behov/{number}/svar",
            Act::AnswerNeed,
            partnership_work::answer_need,
        ),
    ]
}

/// What parties do to a collaboration agreement.
fn on_a_collaboration() -> Vec<Route> {
    let (edit, sign) = (Act::Collaborate, Act::SignCollaboration);
    vec![
        get("/overenskommelse/{programme}/{municipality}/{partner}/utkast", edit, collaboration_act::draft),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/syfte",
            edit,
            collaboration_act::terms_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/syfte",
            edit,
            collaboration_act::terms,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/atagande",
            edit,
            collaboration_act::add_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/atagande",
            edit,
            collaboration_act::add,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/atagande/{commitment}",
            edit,
            collaboration_act::commitment_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/atagande/{commitment}",
            edit,
            collaboration_act::commitment,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/bort/{commitment}",
            edit,
            collaboration_act::remove_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/utkast/bort/{commitment}",
            edit,
            collaboration_act::remove,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/upprattande",
            edit,
            collaboration_act::draw_up_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/upprattande",
            edit,
            collaboration_act::draw_up,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/underskrift",
            sign,
            collaboration_act::sign_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/underskrift",
            sign,
            collaboration_act::sign,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/intyg",
            Act::Attest,
            collaboration_act::attest_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/intyg",
            Act::Attest,
            collaboration_act::attest,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/bekraftelse",
            edit,
            collaboration_act::confirm_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/bekraftelse",
            edit,
            collaboration_act::confirm,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/revidering",
            edit,
            collaboration_act::revise_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/revidering",
            edit,
            collaboration_act::revise,
        ),
        get(
            "/overenskommelse/{programme}/{municipality}/{partner}/redovisning",
            edit,
            collaboration_act::report_page,
        ),
        post(
            "/overenskommelse/{programme}/{municipality}/{partner}/redovisning",
            edit,
            collaboration_act::report,
        ),
    ]
}
