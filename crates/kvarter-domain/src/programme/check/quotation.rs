//! Whether quotations stand in the text: word for word, and in the clause that they name.

use super::{Check, Clause, Placed, Places, nearest};
use crate::problem::Problem;
use crate::programme::source::SentenceId;
use crate::text::squeeze;

/// How many quotations that are not found are compared with every sentence; comparing is slow.
const NEAR_MISSES_MAX: usize = 60;

impl Check {
    /// Every quotation stands word for word in the clause that it names, and names no one municipality.
    pub(super) fn quotations(&mut self) {
        let mut definition = std::mem::take(&mut self.definition);
        for (o, places) in &mut definition.obligations {
            o.sentences = self.quotation(&definition.clauses, &o.clause, &o.says, places);
        }
        for (p, places) in &mut definition.permissions {
            p.sentences = self.quotation(&definition.clauses, &p.clause, &p.says, places);
        }
        for (i, places) in &mut definition.intents {
            i.sentences = self.quotation(&definition.clauses, &i.clause, &i.says, places);
        }
        for (d, places) in &mut definition.declarations {
            d.sentences = match &d.says {
                Some(says) => self.quotation(&definition.clauses, &d.clause, says, places),
                None => {
                    self.clause_is_known(&definition.clauses, &d.clause, places);
                    self.source.sentences_of(&d.clause)
                }
            };
        }
        for placed in &mut definition.validity {
            let (clause, says) = (&placed.tree.clause, &placed.tree.says);
            self.quotation(&definition.clauses, clause, says, &placed.places);
            for (leaf, places) in placed.tree.leaves.iter_mut().zip(&placed.leaves) {
                leaf.sentences = self.quotation(&definition.clauses, &leaf.clause, &leaf.says, places);
            }
        }
        if let Some((signing, _)) = &definition.signing {
            for (signatory, places) in signing.signatories.iter().zip(&definition.signatories) {
                self.quotation(&definition.clauses, &signatory.clause, &signatory.says, places);
            }
        }
        let of_one: Vec<String> = definition
            .holes
            .iter()
            .filter(|(hole, _)| hole.clause.is_none() && !hole.source.is_empty())
            .map(|(hole, _)| squeeze(&hole.source))
            .collect();
        // A declaration may name the source's own municipality; what is owed or asked for is all municipalities'.
        let obligations = definition.obligations.iter().map(|(o, places)| (&o.clause, &o.says, places));
        let permissions = definition.permissions.iter().map(|(p, places)| (&p.clause, &p.says, places));
        let intents = definition.intents.iter().map(|(i, places)| (&i.clause, &i.says, places));
        let trees = definition.validity.iter().map(|t| (&t.tree.clause, &t.tree.says, &t.places));
        let leaves = definition.validity.iter().flat_map(|t| {
            t.tree.leaves.iter().zip(&t.leaves).map(|(leaf, places)| (&leaf.clause, &leaf.says, places))
        });
        for (clause, says, places) in obligations.chain(permissions).chain(intents).chain(trees).chain(leaves)
        {
            let says = squeeze(says);
            if let Some(words) = of_one.iter().find(|words| says.contains(*words)) {
                self.problems.add(
                    Problem::new("quotation-of-one-municipality", places.key("says"))
                        .resting_on(clause)
                        .with("words", words),
                );
            }
        }
        self.definition = definition;
    }

    fn clause_is_known(&mut self, clauses: &[Placed<Clause>], clause: &str, places: &Places) -> bool {
        let unknown = clause_unknown(clauses, clause, places);
        let known = unknown.is_none() && !clause.is_empty();
        self.problems.0.extend(unknown);
        known
    }

    fn quotation(
        &mut self,
        clauses: &[Placed<Clause>],
        clause: &str,
        says: &str,
        places: &Places,
    ) -> Vec<SentenceId> {
        if !self.clause_is_known(clauses, clause, places) || says.is_empty() {
            return Vec::new();
        }
        if let Some(sentences) = self.source.find(clause, says) {
            return sentences;
        }
        let about = |code: &str| {
            Problem::new(code, places.key("says")).resting_on(clause).with("says", squeeze(says))
        };
        let problem = match self.source.clause_saying(says) {
            Some(elsewhere) => {
                about("quotation-in-another-clause").with("clause", clause).with("elsewhere", elsewhere)
            }
            None => {
                self.near_misses += 1;
                let near = (self.near_misses <= NEAR_MISSES_MAX).then(|| self.source.nearest(says)).flatten();
                match near {
                    Some(near) => about("quotation-differs")
                        .with("sentence", near.sentence)
                        .with("text", near.text)
                        .with("quoted", near.quoted)
                        .with("stands", near.stands),
                    None => about("quotation-not-in-source").with("clause", clause),
                }
            }
        };
        self.problems.add(problem);
        Vec::new()
    }
}

/// That a clause is none of the definition's; a clause that was left out has its own problem.
pub(super) fn clause_unknown(clauses: &[Placed<Clause>], clause: &str, places: &Places) -> Option<Problem> {
    let ids: Vec<&str> = clauses.iter().map(|(c, _)| c.id.as_str()).collect();
    (!clause.is_empty() && !ids.contains(&clause)).then(|| {
        Problem::new("clause-unknown", places.key("clause"))
            .with("clause", clause)
            .with("nearest", nearest(&ids, clause).unwrap_or_default())
            .with("known", ids.join(", "))
    })
}
