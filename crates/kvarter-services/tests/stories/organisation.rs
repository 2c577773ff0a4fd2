//! Districts' codes, registered from a list.

use crate::story::{Story, codes};
use kvarter_domain::ids::ProgrammeId;
use kvarter_services::organisation::register_districts;

#[tokio::test]
async fn every_fault_in_a_list_of_districts_is_told_by_its_line_and_nothing_is_written() {
    let story = Story::stockholm_2008().await;
    let programme = ProgrammeId::new("lua-2008");
    let list = "municipality,code,name\n\
                Gävle kommun,21800101,Brynäs\n\
                2180,21800101,Brynäs igen\n\
                Malmö stad,21800102,Herrgården\n\
                Linköping kommun,0580,Skäggetorp\n\
                Atlantis,99999999,Centrum\n\
                Nacka kommun,01820101,\n";
    let mut found =
        codes(register_districts(&story.officer(), &story.app, &programme, list.as_bytes()).await);
    found.sort();
    assert_eq!(
        found,
        [
            "district-code-duplicate",
            "district-code-malformed",
            "district-code-wrong-municipality",
            "district-without-name",
            "no-such-organisation"
        ]
    );
    for garbage in [&b"\xff\xfe\x00"[..], b"", b"a,b\n1,2\n", b"municipality,code,name\n"] {
        let result = register_districts(&story.officer(), &story.app, &programme, garbage).await;
        assert_eq!(codes(result).len(), 1);
    }
    let good = "municipality,code,name\nGävle kommun,21800101,Brynäs\n";
    let added = register_districts(&story.officer(), &story.app, &programme, good.as_bytes()).await;
    assert_eq!(added.expect("a good list"), 1);
}

#[tokio::test]
async fn a_list_as_a_swedish_spreadsheet_saves_it_is_read() {
    let story = Story::stockholm_2008().await;
    let programme = ProgrammeId::new("lua-2008");
    let list = "\u{feff}municipality;code;name\r\nGävle kommun;21800101;\"Brynäs, norra\"\r\n";
    let added = register_districts(&story.officer(), &story.app, &programme, list.as_bytes()).await;
    assert_eq!(added.expect("semicolons part the columns as well"), 1);
}
