//! What a partnership should be made up of, and what it lacks on a day.
//!
//! ”Lokala partnerskap bör, utöver kommunen, innefatta statliga myndigheter … och även andra aktörer med en aktiv
//! roll” (SFS 2008:348, 4 §). A *bör*: what is lacking is told, and stops nothing.

use super::{Category, Partnership};
use crate::programme::codes;
use crate::text::Bilingual;
use jiff::civil::Date;

/// A partner that the programme asks for: one that was ordered by the Government to take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredPartner {
    /// Its id in the programme: `police`.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// The decision that orders it, by its reference number.
    pub decision: String,
    /// From when it is ordered to.
    pub from_day: Date,
    /// Until when.
    pub to_day: Option<Date>,
    /// Where that is known from.
    pub source: Bilingual,
}

impl RequiredPartner {
    /// Whether it is asked for on a day.
    pub fn is_required_on(&self, day: Date) -> bool {
        self.from_day <= day && self.to_day.is_none_or(|to| day <= to)
    }
}

codes! {
    /// How something is lacking.
    Lack {
        /// An authority that was ordered to take part is not in the partnership.
        NotInPartnership = "not-in-partnership",
        /// It is in the partnership and not in the district's working group.
        NotInGroup = "not-in-group",
        /// No partner of the category is in the partnership.
        NoneOfCategory = "none-of-category",
    }
}

/// Something that is lacking on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// How.
    pub lack: Lack,
    /// Which of the required partners, by its id in the programme.
    pub required: Option<String>,
    /// Which category.
    pub category: Option<Category>,
    /// In which district, by code; none where it is the partnership as a whole.
    pub district: Option<String>,
}

/// What a partnership is made up of on a day, against what it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composition {
    /// How many partners there are of each category, in the order of the ordinance.
    pub of_category: Vec<(Category, usize)>,
    /// What is lacking.
    pub gaps: Vec<Gap>,
}

impl Composition {
    /// What is lacking in a district: what the whole partnership lacks, and what its working group does.
    pub fn lacking_in<'a>(&'a self, district: &'a str) -> impl Iterator<Item = &'a Gap> {
        self.gaps.iter().filter(move |gap| gap.district.as_deref().is_none_or(|code| code == district))
    }
}

/// Lays a partnership beside what the programme and the ordinance ask for, on a day.
///
/// Readings: a supporter stands outside the partnership, and fills no place in it. Where a district has a working
/// group, an authority that was ordered to take part is looked for in it; where there is none, the partnership as a
/// whole works for the district.
pub fn composition(
    partnership: &Partnership,
    required: &[RequiredPartner],
    districts: &[String],
    day: Date,
) -> Composition {
    let members: Vec<_> = partnership.on(day).into_iter().filter(|m| m.is_member()).collect();
    let count = |category: Category| members.iter().filter(|m| m.partner.category == category).count();
    let of_category: Vec<(Category, usize)> =
        Category::ALL.iter().map(|category| (*category, count(*category))).collect();
    let mut gaps = Vec::new();
    for required in required.iter().filter(|r| r.is_required_on(day)) {
        let is = |role: Option<&String>| role.is_some_and(|role| *role == required.id);
        let gap = |lack, district: Option<&String>| Gap {
            lack,
            required: Some(required.id.clone()),
            category: None,
            district: district.cloned(),
        };
        if !members.iter().any(|m| is(m.partner.required_as.as_ref())) {
            gaps.push(gap(Lack::NotInPartnership, None));
            continue;
        }
        for district in districts {
            let groups: Vec<_> = partnership
                .groups
                .iter()
                .filter(|g| g.district.as_ref() == Some(district) && g.from_day <= day)
                .collect();
            let there = groups
                .iter()
                .any(|g| partnership.group_on(&g.id, day).iter().any(|p| is(p.required_as.as_ref())));
            if !groups.is_empty() && !there {
                gaps.push(gap(Lack::NotInGroup, Some(district)));
            }
        }
    }
    for (category, count) in &of_category {
        if *count == 0 && *category != Category::Other {
            let category = Some(*category);
            gaps.push(Gap { lack: Lack::NoneOfCategory, required: None, category, district: None });
        }
    }
    Composition { of_category, gaps }
}
