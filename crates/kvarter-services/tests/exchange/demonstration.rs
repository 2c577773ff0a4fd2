//! The demonstration's plans: real in length and wording, through every kind of file.

use kvarter_domain::plan::Plan;
use kvarter_services::plan_exchange::{
    read_docx, read_markdown, read_xlsx, settled, write_docx, write_markdown, write_xlsx,
};

use crate::world::terms;

#[test]
fn the_five_districts_plans_come_back_from_every_kind_of_file() {
    for district in ["husby", "ragsved", "rinkeby", "skarholmen", "tensta"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/demo/plans");
        let text =
            std::fs::read_to_string(format!("{folder}/{district}-2008.toml")).expect("the plan is there");
        let plan = settled(&toml::from_str::<Plan>(&text).expect("a plan"));
        assert!(!plan.goals.is_empty() && !plan.interventions.is_empty(), "{district}");
        let markdown = write_markdown(&plan, &terms());
        assert_eq!(read_markdown(&markdown, &[], &terms()).expect(district), plan);
        let document = write_docx(&plan, &terms()).expect("it fits");
        assert_eq!(read_docx(&document, &[], &terms()).expect(district), plan);
        let workbook = write_xlsx(&plan, &terms()).expect("it fits");
        let taken = read_xlsx(&workbook, &plan, &[], &terms()).expect(district);
        assert!(taken.changes.is_empty() && taken.notes.is_empty(), "{district}: {taken:?}");
    }
}
