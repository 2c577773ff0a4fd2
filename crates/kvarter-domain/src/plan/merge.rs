//! Two people change the same part at once, and neither loses anything.
//!
//! A change is sent with the part as its writer had read it. Where somebody else has saved since, the two are put
//! together field by field, and within a text sentence by sentence. What both changed in different ways is
//! contested: what was saved first stands, and what came later is kept beside it for people to settle.

use serde_json::{Map, Value};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// What two changes of the same part come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The part with everything that could be put together; of what is contested, what was saved first.
    pub body: Value,
    /// The fields that are contested; `*` for the whole part, where one side took it away.
    pub contested: Vec<String>,
}

/// Puts two changes of `base` together: `theirs` is saved, `mine` comes after. A part that is not there is null.
pub fn three_way(base: &Value, theirs: &Value, mine: &Value) -> Merged {
    if theirs == base || theirs == mine {
        return Merged { body: mine.clone(), contested: Vec::new() };
    }
    if mine == base {
        return Merged { body: theirs.clone(), contested: Vec::new() };
    }
    let (Some(theirs_fields), Some(mine_fields)) = (theirs.as_object(), mine.as_object()) else {
        return Merged { body: theirs.clone(), contested: vec!["*".to_owned()] };
    };
    let nothing = Map::new();
    let base_fields = base.as_object().unwrap_or(&nothing);
    let names: BTreeSet<&String> =
        base_fields.keys().chain(theirs_fields.keys()).chain(mine_fields.keys()).collect();
    let mut body = Map::new();
    let mut contested = Vec::new();
    for name in names {
        let field = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or(Value::Null);
        let (was, theirs, mine) = (field(base_fields), field(theirs_fields), field(mine_fields));
        let value = if theirs == was || theirs == mine {
            mine
        } else if mine == was {
            theirs
        } else {
            match (was.as_str(), theirs.as_str(), mine.as_str()) {
                (Some(was), Some(first), Some(later)) => match texts(was, first, later) {
                    Some(text) => Value::String(text),
                    None => {
                        contested.push(name.clone());
                        theirs
                    }
                },
                _ => {
                    contested.push(name.clone());
                    theirs
                }
            }
        };
        body.insert(name.clone(), value);
    }
    Merged { body: Value::Object(body), contested }
}

/// A text with both changes, if they are of different sentences.
fn texts(base: &str, theirs: &str, mine: &str) -> Option<String> {
    let base = sentences(base);
    let (theirs, mine) = (sentences(theirs), sentences(mine));
    let edits = |new: &[&str]| -> Vec<(usize, usize, String)> {
        capture_diff_slices(Algorithm::Myers, &base, new)
            .into_iter()
            .filter(|op| !matches!(op, DiffOp::Equal { .. }))
            .map(|op| (op.old_range().start, op.old_range().end, new[op.new_range()].concat()))
            .collect()
    };
    let (theirs, mine) = (edits(&theirs), edits(&mine));
    // Ranges that touch were written knowing nothing of each other: which comes first is not ours to say.
    let apart = |a: &(usize, usize, String), b: &(usize, usize, String)| a.1 < b.0 || b.1 < a.0;
    let mut all = Vec::new();
    for edit in mine {
        if theirs.contains(&edit) {
            continue;
        }
        if !theirs.iter().all(|other| apart(&edit, other)) {
            return None;
        }
        all.push(edit);
    }
    all.extend(theirs);
    all.sort();
    let mut merged = String::new();
    let mut at = 0;
    for (start, end, text) in all {
        merged.push_str(&base[at..start].concat());
        merged.push_str(&text);
        at = end;
    }
    merged.push_str(&base[at..].concat());
    Some(merged)
}

/// A text in its sentences and lines, each with the white space after it.
fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && !c.is_whitespace() {
            pieces.push(&text[start..at]);
            (start, ended) = (at, false);
        }
        ended = match c {
            '.' | '!' | '?' | ':' | '\n' => true,
            c if c.is_whitespace() => ended,
            _ => false,
        };
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_of_different_fields_are_put_together() {
        let base = json!({ "statement": "a", "owner": "b" });
        let merged = three_way(
            &base,
            &json!({ "statement": "a2", "owner": "b" }),
            &json!({ "statement": "a", "owner": "b2" }),
        );
        assert_eq!(merged, Merged { body: json!({ "statement": "a2", "owner": "b2" }), contested: vec![] });
    }

    #[test]
    fn changes_of_different_sentences_are_put_together() {
        let base = json!({ "text": "Ett. Två. Tre.\nFyra." });
        let theirs = json!({ "text": "Ett och ett halvt. Två. Tre.\nFyra." });
        let mine = json!({ "text": "Ett. Två. Tre.\nFyra. Fem." });
        let merged = three_way(&base, &theirs, &mine);
        assert_eq!(merged.body["text"], "Ett och ett halvt. Två. Tre.\nFyra. Fem.");
        assert!(merged.contested.is_empty());
    }

    #[test]
    fn what_both_wrote_differently_is_contested_and_what_was_saved_first_stands() {
        let base = json!({ "text": "Ett. Två." , "n": 1 });
        let merged = three_way(
            &base,
            &json!({ "text": "Ett. Två A.", "n": 2 }),
            &json!({ "text": "Ett. Två B.", "n": 3 }),
        );
        assert_eq!(merged.body, json!({ "text": "Ett. Två A.", "n": 2 }));
        assert_eq!(merged.contested, ["n", "text"]);
    }

    #[test]
    fn a_part_that_one_takes_away_while_another_writes_is_contested() {
        let base = json!({ "text": "Ett." });
        let merged = three_way(&base, &json!({ "text": "Ett. Två." }), &Value::Null);
        assert_eq!(merged, Merged { body: json!({ "text": "Ett. Två." }), contested: vec!["*".into()] });
        assert_eq!(three_way(&base, &Value::Null, &Value::Null).contested, Vec::<String>::new());
    }

    #[test]
    fn two_who_write_where_nothing_was_are_contested_unless_they_wrote_the_same() {
        let merged = three_way(&Value::Null, &json!({ "text": "A" }), &json!({ "text": "B" }));
        assert_eq!(merged.contested, ["text"]);
        let same = three_way(&json!({ "text": "" }), &json!({ "text": "A" }), &json!({ "text": "A" }));
        assert_eq!(same, Merged { body: json!({ "text": "A" }), contested: vec![] });
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_nothing_of_either_is_silently_dropped(
            base in "[ab. \n]{0,12}", theirs in "[abc. \n]{0,12}", mine in "[abd. \n]{0,12}"
        ) {
            let of = |text: &str| json!({ "text": text });
            let merged = three_way(&of(&base), &of(&theirs), &of(&mine));
            // Either it is contested, or the letters that only one side knows are all there.
            if merged.contested.is_empty() {
                let text = merged.body["text"].as_str().expect("a text");
                let count = |text: &str, c: char| text.chars().filter(|x| *x == c).count();
                if theirs != base {
                    proptest::prop_assert!(count(text, 'c') >= count(&theirs, 'c').min(1));
                }
                if mine != base {
                    proptest::prop_assert!(count(text, 'd') >= count(&mine, 'd').min(1));
                }
            }
        }
    }
}
