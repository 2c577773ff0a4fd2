//! Whose decision approves the agreement for a party (§ 8).

use crate::signing::Party;

/// The municipal executive board, in the words of § 8: ”Detta avtal ska godkännas av kommunstyrelsen i Stockholms
/// kommun”.
pub const EXECUTIVE_BOARD: &str = "Kommunstyrelsen";

/// The Government, in the words of § 8: ”av regeringen eller den som regeringen har bemyndigat”.
const GOVERNMENT: &str = "Regeringen";

/// Whether a body approves for a party by § 8 alone. Any other needs something that authorises it.
///
/// Reading: the text lets the Government authorise someone. It does not say so of the board, but a board may
/// delegate (kommunallagen); a delegate's decision is the board's where the delegation is shown.
pub(crate) fn decides_itself(party: Party, body: &str) -> bool {
    let named = match party {
        Party::Municipality => EXECUTIVE_BOARD,
        Party::State => GOVERNMENT,
    };
    let (body, named) = (body.to_lowercase(), named.to_lowercase());
    body.strip_prefix(&named).is_some_and(|rest| rest.is_empty() || rest.starts_with(" i "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_board_and_the_government_decide_themselves_and_nobody_else_does() {
        let municipality = |body| decides_itself(Party::Municipality, body);
        assert!(municipality("Kommunstyrelsen") && municipality("kommunstyrelsen i Stockholms kommun"));
        for other in ["Kyrkorådet", "Kommunstyrelsens arbetsutskott", "Kommunfullmäktige", "Regeringen"] {
            assert!(!municipality(other), "{other}");
        }
        assert!(decides_itself(Party::State, "Regeringen"));
        assert!(!decides_itself(Party::State, "Integrations- och jämställdhetsministern"));
    }
}
