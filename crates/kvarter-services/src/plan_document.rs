//! A plan as a document: its content and how it was judged, in the model that the template reads.

use jiff::civil::Date;
use kvarter_documents::model::{
    Fact, Language as Tongue, Plan as Printed, PlanCriterion, PlanGoal, PlanGoalArea, PlanGoalColumns,
    PlanGoals, PlanIntervention, PlanInterventions, PlanLink, PlanPart, PlanPath, PlanPoint,
    PlanSurroundings, PlanTable, Section, Tone,
};
use kvarter_documents::{Document as Paper, Pdf, render};
use kvarter_domain::observation::Indicator;
use kvarter_domain::partnership::{DialogueKind, Partnership};
use kvarter_domain::plan::acceptance::GoalAcceptance;
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::intervention::Intervention;
use kvarter_domain::plan::rules::{Holds, Level, PlanRules};
use kvarter_domain::plan::smart::{Assessment, Check, Outcome};
use kvarter_domain::plan::{Plan, PlanVersion};
use kvarter_domain::programme::Programme;
use kvarter_domain::registry::Document;
use kvarter_domain::text::Language;

use crate::App;
use crate::aside::aside;
use crate::error::Result;
use crate::plan::{Judge, VersionPage};
use crate::plan_draft::Opened;
use crate::registry::{self, Upload};
use crate::wording::Wording;

/// What a plan is printed from.
struct Source<'a> {
    w: Wording,
    programme: &'a Programme,
    rules: &'a PlanRules,
    municipality: &'a str,
    version: &'a PlanVersion,
    plan: &'a Plan,
    assessments: &'a [Assessment],
    acceptances: &'a [GoalAcceptance],
    partnership: &'a Partnership,
    indicators: &'a [Indicator],
    /// The day after which consultations are of this version.
    since: Option<Date>,
}

/// Sets a version of a plan, in Swedish as everything in the register, and keeps its bytes.
pub(crate) async fn printed(
    app: &App,
    opened: &Opened,
    judge: &Judge,
    plan: &Plan,
    assessments: &[Assessment],
    version: &PlanVersion,
) -> Result<Document> {
    let indicators: Vec<Indicator> = judge.table.indicators().cloned().collect();
    let source = Source {
        w: app.wording(),
        programme: &opened.programme,
        rules: opened.rules()?,
        municipality: &opened.life.agreement.party_name,
        version,
        plan,
        assessments,
        acceptances: &judge.acceptances,
        partnership: &judge.partnership,
        indicators: &indicators,
        since: judge.previous.as_ref().map(|(_, last)| last.adopted_on),
    };
    let pdf = set(app, source.printed(app)).await?;
    let name = format!("plan-{}-{}.pdf", version.id.replace('/', "-"), version.serial);
    registry::put(app, Upload::pdf(&name, &pdf)).await
}

/// An adopted version as a document in another language: its frame and judgement; what people wrote stays as they
/// wrote it.
///
/// # Errors
/// A fault in the template.
pub async fn print(app: &App, page: &VersionPage, w: Wording) -> Result<Vec<u8>> {
    let rules = page.programme.plan.as_ref().ok_or(crate::Error::NotFound)?;
    let since = page.versions.iter().rev().find(|v| v.serial < page.version.serial).map(|v| v.adopted_on);
    let source = Source {
        w,
        programme: &page.programme,
        rules,
        municipality: &page.municipality,
        version: &page.version,
        plan: &page.plan,
        assessments: &page.assessments,
        acceptances: &page.acceptances,
        partnership: &page.partnership,
        indicators: &page.indicators,
        since,
    };
    Ok(set(app, source.printed(app)).await?.bytes)
}

async fn set(app: &App, model: Printed) -> Result<Pdf> {
    let moment = app.clock.now();
    Ok(aside(move || render(Paper::Plan(&model), moment)).await??)
}

impl Source<'_> {
    fn t(&self, key: &str) -> String {
        self.w.t(key)
    }

    fn day(&self, day: Date) -> String {
        (self.w.day)(day)
    }

    fn n(&self, number: f64) -> String {
        (self.w.number)(number)
    }

    fn fact(&self, key: &str, value: impl Into<String>) -> Fact {
        Fact { label: self.t(key), value: value.into() }
    }

    fn printed(&self, app: &App) -> Printed {
        let version = self.version;
        let serial = version.serial.to_string();
        let district = version.district_name.clone();
        Printed {
            language: if self.w.language == Language::En { Tongue::En } else { Tongue::Sv },
            sender: self.municipality.to_owned(),
            title: self.w.with("plan-print-title", [("district", district.clone())]),
            subtitle: self.w.with(
                "plan-print-subtitle",
                [
                    ("from", self.programme.period.from.year().to_string()),
                    ("to", self.programme.period.to.year().to_string()),
                    ("number", serial),
                ],
            ),
            reference: version.id.clone(),
            digest: format!("SHA-256 {}", version.content_digest),
            mark: app.is_demo().then(|| self.t("plan-print-demo")),
            facts: vec![
                self.fact("plans-municipality", self.municipality),
                self.fact("plans-district", format!("{district}, {}", version.district)),
                self.fact("plan-adopted-on", self.day(version.adopted_on)),
                self.fact("plan-adopted-by", version.adopted_by.clone()),
            ],
            provision: Some(format!(
                "{} ({})",
                self.rules.adoption.says,
                self.clause(&self.rules.adoption.at)
            )),
            contents: self.t("plan-print-contents"),
            changes: self.changes(),
            parts: self.rules.parts.iter().map(|part| self.part(part)).collect(),
            surroundings: self.surroundings(),
        }
    }

    /// A clause of the agreement is cited by its sign; a provision of a law says its own.
    fn clause(&self, at: &str) -> String {
        if at.chars().all(|c| c.is_ascii_digit()) { format!("§ {at}") } else { at.to_owned() }
    }

    fn changes(&self) -> Option<PlanTable> {
        let unchanged =
            self.version.unchanged.as_ref().map(|reason| format!("{} {reason}", self.t("plan-unchanged")));
        if self.plan.lessons.is_empty() && unchanged.is_none() {
            return None;
        }
        let rows = self.plan.lessons.iter().map(|lesson| {
            vec![
                lesson.learned.clone(),
                lesson.source.clone(),
                lesson.changed.clone(),
                lesson.concerns.join(", "),
            ]
        });
        Some(PlanTable {
            heading: self.t("part-section-lesson"),
            provision: Some(self.rules.revision.at.clone()),
            introduction: unchanged.into_iter().collect(),
            columns: ["learned", "source", "changed", "concerns"]
                .map(|f| self.t(&format!("plan-field-{f}")))
                .into(),
            rows: rows.collect(),
        })
    }

    fn part(&self, part: &kvarter_domain::plan::rules::PartRule) -> PlanPart {
        let several = part.sections.len() > 1;
        PlanPart {
            name: part.name.get(self.w.language).to_owned(),
            provision: part.provision.at.clone(),
            quotation: part.provision.says.clone(),
            texts: part
                .sections
                .iter()
                .map(|section| Section {
                    heading: several.then(|| section.name.get(self.w.language).to_owned()),
                    paragraphs: paragraphs(self.plan.text(&section.id)),
                })
                .collect(),
            goals: (part.holds == Holds::Goals).then(|| self.goals()),
            interventions: (part.holds == Holds::Interventions).then(|| self.interventions()),
        }
    }

    fn goals(&self) -> PlanGoals {
        PlanGoals {
            introduction: vec![self.w.with(
                "plan-print-criteria",
                [
                    ("version", self.rules.smart.version.clone()),
                    ("clause", self.clause(&self.rules.smart.provision.at)),
                ],
            )],
            columns: PlanGoalColumns {
                goal: self.t("cli-column-goal"),
                base: self.t("plan-print-from"),
                target: self.t("plan-print-to"),
                by: self.t("plan-print-by"),
                criteria: "SMART".to_owned(),
            },
            areas: self
                .programme
                .target_areas
                .iter()
                .map(|area| PlanGoalArea {
                    name: area.name.get(self.w.language).to_owned(),
                    goals: self.plan.goals_in(&area.id).map(|goal| self.goal(goal)).collect(),
                    nothing: self.t("district-no-goal"),
                })
                .collect(),
        }
    }

    fn goal(&self, goal: &Goal) -> PlanGoal {
        let with_unit = |value: f64| format!("{} {}", self.n(value), goal.unit);
        let base = goal.base.as_ref().map(|base| {
            let period = base.period.map(|p| format!(" ({p})")).unwrap_or_default();
            format!("{}{period}", with_unit(base.value))
        });
        let indicator = self.indicators.iter().find(|i| i.id == goal.indicator);
        let indicator = indicator.map_or_else(|| goal.indicator.clone(), |i| i.name.clone());
        let partners: Vec<&str> = goal.partners.iter().map(|id| name_of(self.partnership, id)).collect();
        let serving: Vec<&str> = self.plan.interventions_for(&goal.id).map(|i| i.id.as_str()).collect();
        let mut facts = vec![
            self.fact("plan-field-problem", goal.problem.clone()),
            self.fact("plan-field-national_goal", goal.national_goal.clone()),
            self.fact("plan-field-municipal_goal", goal.municipal_goal.clone()),
            self.fact("plan-field-indicator", format!("{indicator}, {}", goal.group)),
        ];
        for milestone in &goal.milestones {
            facts.push(self.fact(
                "plan-milestone",
                format!("{}, {}", with_unit(milestone.value), self.day(milestone.by)),
            ));
        }
        facts.push(self.fact("plan-field-owner", goal.owner.clone()));
        facts.push(self.fact("plan-field-partners", partners.join(", ")));
        facts.push(self.fact("plans-interventions", serving.join(", ")));
        facts.retain(|fact| !fact.value.trim().is_empty());
        let assessment = self.assessments.iter().find(|a| a.goal == goal.id);
        PlanGoal {
            label: format!("{} {}", self.t("part-kind-goal"), goal.id),
            statement: goal.statement.clone(),
            base: base.unwrap_or_default(),
            target: goal.target.map(with_unit).unwrap_or_default(),
            by: goal.by.map(|day| self.day(day)).unwrap_or_default(),
            facts,
            path: self.path(goal),
            criteria: assessment
                .map(|a| a.checks.iter().map(|c| self.criterion(c)).collect())
                .unwrap_or_default(),
        }
    }

    /// The goal's way: the first and last point at the ends, each other in proportion.
    fn path(&self, goal: &Goal) -> Option<PlanPath> {
        let way = goal.path();
        let (first, last) = (way.first()?, way.last()?);
        if way.len() < 2 {
            return None;
        }
        let days = |day: Date| f64::from((day - first.0).get_days());
        let length = days(last.0).max(1.0);
        let (low, high) = way.iter().fold((f64::MAX, f64::MIN), |(l, h), (_, v)| (l.min(*v), h.max(*v)));
        let rise = if high > low { high - low } else { 1.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a thousand")]
        let thousandths = |share: f64| (share * 1000.0).round().clamp(0.0, 1000.0) as u16;
        let points = way.iter().map(|(day, value)| PlanPoint {
            along: thousandths(days(*day) / length),
            up: thousandths((value - low) / rise),
            value: self.n(*value),
            day: day.to_string(),
        });
        let alternative = self.w.with(
            "plan-path",
            [
                ("from", self.n(first.1)),
                ("to", self.n(last.1)),
                ("unit", goal.unit.clone()),
                ("start", self.day(first.0)),
                ("end", self.day(last.0)),
            ],
        );
        Some(PlanPath { alternative, points: points.collect() })
    }

    fn criterion(&self, check: &Check) -> PlanCriterion {
        let tone = match (check.outcome, check.level) {
            (Outcome::Holds, _) => Tone::Good,
            (Outcome::FallsShort, Level::Error) => Tone::Bad,
            (Outcome::FallsShort, _) => Tone::Remark,
            (Outcome::CannotTell, _) => Tone::Open,
        };
        let sentence = |reason: &kvarter_domain::plan::smart::Reason| {
            let values =
                reason.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            (self.w.sentence)(&format!("smart-{}", reason.code), &values)
        };
        PlanCriterion {
            letter: check.criterion.letter().to_string(),
            name: self.t(&format!("criterion-{}", check.criterion)),
            standing: self.t(&format!("outcome-{}", check.outcome)),
            tone,
            reasons: check.reasons.iter().map(sentence).collect(),
            accepted: check.overridden.clone(),
        }
    }

    fn interventions(&self) -> PlanInterventions {
        PlanInterventions {
            introduction: Vec::new(),
            list: self.plan.interventions.iter().map(|one| self.intervention(one)).collect(),
            nothing: self.t("district-no-intervention"),
        }
    }

    fn intervention(&self, one: &Intervention) -> PlanIntervention {
        let goals: Vec<&Goal> = one.goals.iter().filter_map(|id| self.plan.goal(id)).collect();
        let days = [one.from, one.to].into_iter().flatten().map(|day| self.day(day)).collect::<Vec<_>>();
        let mut facts = vec![
            self.fact("plan-field-responsible", one.responsible.clone()),
            self.fact("plan-print-time", days.join(" – ")),
            self.fact("plan-field-budget", one.budget.clone()),
        ];
        facts.retain(|fact| !fact.value.trim().is_empty());
        let link = |key: &str, words: Vec<String>| PlanLink { label: self.t(key), words };
        let mut chain = vec![
            link("plan-field-problem", goals.iter().map(|goal| goal.problem.clone()).collect()),
            link(
                "cli-column-goal",
                goals.iter().map(|goal| format!("{} {}", goal.id, goal.statement)).collect(),
            ),
            link("part-kind-intervention", vec![one.title.clone()]),
            link("plan-field-output", vec![one.output.clone()]),
            link("plan-field-outcome", vec![one.outcome.clone()]),
            link("plan-field-learning", vec![one.learning.clone()]),
        ];
        for link in &mut chain {
            link.words.retain(|words| !words.trim().is_empty());
        }
        chain.retain(|link| !link.words.is_empty());
        PlanIntervention {
            label: format!("{} {}", self.t("part-kind-intervention"), one.id),
            title: one.title.clone(),
            description: one.description.clone(),
            facts,
            chain,
        }
    }

    fn table(
        &self,
        heading: &str,
        provision: Option<String>,
        columns: &[&str],
        rows: Vec<Vec<String>>,
    ) -> PlanTable {
        PlanTable {
            heading: self.t(heading),
            provision,
            introduction: Vec::new(),
            columns: columns.iter().map(|key| self.t(key)).collect(),
            rows,
        }
    }

    fn surroundings(&self) -> PlanSurroundings {
        let documents = self.plan.documents.iter().map(|document| {
            vec![
                self.t(&format!("document-kind-{}", document.kind)),
                document.title.clone(),
                document.regard.clone(),
            ]
        });
        let allocations = self.plan.allocations.iter().map(|one| {
            vec![
                one.year.map(|y| y.to_string()).unwrap_or_default(),
                one.statement.clone(),
                one.decision.clone(),
            ]
        });
        let consulted = self.partnership.dialogues.iter().filter(|talk| {
            talk.kind == DialogueKind::ConsultationOnPlan
                && talk.district == self.version.district
                && talk.day <= self.version.adopted_on
                && self.since.is_none_or(|since| talk.day > since)
        });
        let consultations = consulted.map(|talk| {
            let done: Vec<&str> = self.partnership.responses_to(&talk.id).map(|r| r.done.as_str()).collect();
            vec![self.day(talk.day), talk.said.clone(), done.join(" ")]
        });
        let current = self.acceptances.iter().filter(|acceptance| {
            acceptance.registered_on <= self.version.registered_on
                && self.plan.goal(&acceptance.goal).is_some_and(|goal| goal.wording() == acceptance.wording)
        });
        let acceptances = current.map(|one| {
            vec![
                one.goal.clone(),
                one.partner_name.clone(),
                self.day(one.accepted_on),
                one.evidence.clone().unwrap_or_default(),
            ]
        });
        let sources = self.plan.goals.iter().filter_map(|goal| {
            let base = goal.base.as_ref()?;
            let period = base.period.map(|p| format!(" ({p})")).unwrap_or_default();
            let state = self.t(&format!("cell-state-{}", base.state));
            Some(vec![
                goal.id.clone(),
                format!("{} {}{period}, {state}", self.n(base.value), goal.unit),
                base.source.clone(),
                base.published.map(|day| self.day(day)).unwrap_or_default(),
            ])
        });
        let clause = Some("§ 4".to_owned());
        PlanSurroundings {
            documents: self.table(
                "part-section-document",
                Some(self.rules.regard.at.clone()),
                &["plan-field-kind", "plan-print-document", "plan-field-regard"],
                documents.collect(),
            ),
            allocations: self.table(
                "part-section-allocation",
                clause.clone(),
                &["plan-field-year", "plan-field-allocation-statement", "plan-field-decision"],
                allocations.collect(),
            ),
            consultations: self.table(
                "plan-print-consultations",
                Some(self.rules.consultation.at.clone()),
                &["plan-print-day", "plan-print-said", "plan-print-done"],
                consultations.collect(),
            ),
            acceptances: self.table(
                "plan-print-acceptances",
                clause,
                &["cli-column-goal", "fact-partner", "plan-print-day", "plan-print-evidence"],
                acceptances.collect(),
            ),
            sources: self.table(
                "plan-print-sources",
                None,
                &[
                    "cli-column-goal",
                    "plan-field-base",
                    "plan-field-base-source",
                    "plan-field-base-published",
                ],
                sources.collect(),
            ),
        }
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A partner by name; its id where it is none of the partnership's.
fn name_of<'a>(partnership: &'a Partnership, id: &'a str) -> &'a str {
    let partner = partnership.partners.iter().find(|partner| partner.id.as_str() == id);
    partner.map_or(id, |partner| partner.name.as_str())
}
