//! How a collaboration agreement stands on a day, and whether every member has one.

use super::check::Plans;
use super::{CollaborationVersion, Collaborations, Terms};
use crate::ids::PartnerId;
use crate::partnership::{Membership, Partnership};
use crate::programme::codes;
use jiff::civil::Date;

codes! {
    /// What has become of what a commitment is bound to, in a newer version of the plan.
    Moved {
        /// It says the same.
        Unchanged = "unchanged",
        /// It says something else.
        Changed = "changed",
        /// It is no longer there.
        Gone = "gone",
    }
}

/// A commitment that is bound to a version of a plan that a newer one has taken the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The commitment, by id.
    pub commitment: String,
    /// What is committed to.
    pub what: String,
    /// The goal or intervention, by id.
    pub element: String,
    /// Its words in the version that it is bound to.
    pub name: String,
    /// The version that it is bound to.
    pub bound: String,
    /// The newer version.
    pub newer: String,
    /// The district's name.
    pub district: String,
    /// Since when: the day the newer version was adopted.
    pub since: Date,
    /// What has become of the element.
    pub moved: Moved,
}

/// How the collaboration with one partner stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// There is none, and the partner is a member, who owes one.
    Missing,
    /// There is none, and none is owed: the partner supports the partnership (§ 5: *kan*).
    NotNeeded,
    /// Drawn up, and not signed by both; there is none before it.
    Unsigned {
        /// The version.
        version: String,
    },
    /// Concluded, and every commitment rests on the plan that holds.
    Valid {
        /// The version.
        version: String,
        /// Since when.
        since: Date,
    },
    /// Concluded, and a plan that it rests on has got a newer version: to be revised, or confirmed unchanged.
    Stale {
        /// The version.
        version: String,
        /// Which commitments, and why.
        why: Vec<Stale>,
        /// Since when.
        since: Date,
    },
    /// A party has found a need to revise it, and the revised one is not concluded.
    UnderRevision {
        /// The version that holds until then.
        version: String,
        /// Since when.
        since: Date,
    },
    /// Its last day has passed.
    Ended {
        /// The version.
        version: String,
        /// The last day.
        on: Date,
    },
}

impl Standing {
    /// The kind's code: `collaboration-<code>` gives the word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotNeeded => "not-needed",
            Self::Unsigned { .. } => "unsigned",
            Self::Valid { .. } => "valid",
            Self::Stale { .. } => "stale",
            Self::UnderRevision { .. } => "under-revision",
            Self::Ended { .. } => "ended",
        }
    }

    /// Whether a member with it lacks what § 5 asks for.
    pub fn is_gap(&self) -> bool {
        matches!(self, Self::Missing | Self::Unsigned { .. } | Self::Ended { .. })
    }

    /// The version that it is about, if there is one.
    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Missing | Self::NotNeeded => None,
            Self::Unsigned { version }
            | Self::Valid { version, .. }
            | Self::Stale { version, .. }
            | Self::UnderRevision { version, .. }
            | Self::Ended { version, .. } => Some(version),
        }
    }
}

/// How the collaboration with a partner stands on a day.
///
/// Reading: it is stale from the day a newer version of a plan that it is bound to was adopted, whether or not what
/// it is bound to has changed: someone has to look. It is so until it is confirmed unchanged beside that version, or
/// a revised one has been concluded.
pub fn standing(
    partner: &PartnerId,
    member: bool,
    known: &Collaborations,
    plans: &Plans,
    day: Date,
) -> Standing {
    let Some(version) = known.concluded(partner, day) else {
        return match known.unsigned(partner, day) {
            Some(version) => Standing::Unsigned { version: version.id.clone() },
            None if member => Standing::Missing,
            None => Standing::NotNeeded,
        };
    };
    let concluded = known.concluded_on(&version.id).unwrap_or(version.drawn_up_on);
    let id = version.id.clone();
    let terms = known.terms_of(&version.id);
    // What both have signed holds from the day that it says, though it may have been signed before.
    let since = terms.and_then(|terms| terms.from_day).map_or(concluded, |from| from.max(concluded));
    if let Some(on) = terms.and_then(|terms| terms.to_day).filter(|last| *last < day) {
        return Standing::Ended { version: id, on };
    }
    let need = known.needs.iter().filter(|n| n.version == version.id && n.registered_on <= day);
    if let Some(since) = need.map(|n| n.found_on).min() {
        return Standing::UnderRevision { version: id, since };
    }
    let why = terms.map(|terms| stale(version, terms, known, plans, day)).unwrap_or_default();
    match why.iter().map(|one| one.since).min() {
        Some(since) => Standing::Stale { version: id, why, since },
        None => Standing::Valid { version: id, since },
    }
}

fn stale(
    version: &CollaborationVersion,
    terms: &Terms,
    known: &Collaborations,
    plans: &Plans,
    day: Date,
) -> Vec<Stale> {
    let confirmed = |plan: &str| {
        known
            .confirmations
            .iter()
            .any(|c| c.version == version.id && c.plan_version == plan && c.registered_on <= day)
    };
    terms
        .commitments
        .iter()
        .filter_map(|commitment| {
            let bound = plans.version(&commitment.plan_version)?;
            let newer = plans.latest(&bound.series(), day).filter(|latest| latest.serial > bound.serial)?;
            if confirmed(&newer.id) {
                return None;
            }
            Some(Stale {
                commitment: commitment.id.clone(),
                what: commitment.what.clone(),
                element: commitment.element.clone(),
                name: plans.name_of(&bound.id, &commitment.element).unwrap_or_default().to_owned(),
                bound: bound.id.clone(),
                newer: newer.id.clone(),
                district: newer.district_name.clone(),
                since: newer.adopted_on,
                moved: moved(plans, &bound.id, &newer.id, &commitment.element),
            })
        })
        .collect()
}

/// What has become of an element from one version of a plan to another.
fn moved(plans: &Plans, from: &str, to: &str, element: &str) -> Moved {
    let (Some(before), Some(after)) = (plans.contents.get(from), plans.contents.get(to)) else {
        return Moved::Changed;
    };
    let goals = (before.goal(element), after.goal(element));
    let interventions = (before.intervention(element), after.intervention(element));
    match (goals, interventions) {
        ((Some(a), Some(b)), _) if a == b => Moved::Unchanged,
        (_, (Some(a), Some(b))) if a == b => Moved::Unchanged,
        ((Some(_), Some(_)), _) | (_, (Some(_), Some(_))) => Moved::Changed,
        _ => Moved::Gone,
    }
}

/// One partner on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Whether it is a member.
    pub member: bool,
    /// How its collaboration agreement stands.
    pub standing: Standing,
}

/// How the collaboration with every partner stands on a day: members first, then by name.
pub fn coverage(
    partnership: &Partnership,
    known: &Collaborations,
    plans: &Plans,
    day: Date,
) -> Vec<Coverage> {
    let of = |m: Membership<'_>| Coverage {
        partner: m.partner.id.clone(),
        name: m.partner.name.clone(),
        member: m.is_member(),
        standing: standing(&m.partner.id, m.is_member(), known, plans, day),
    };
    partnership.on(day).into_iter().map(of).collect()
}
