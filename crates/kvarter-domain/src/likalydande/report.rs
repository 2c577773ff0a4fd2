//! From an alignment to what it means: what stands in the holes, and where the text departs.

use super::alignment::{Expected, Found, Step};
use super::{CONTEXT, Deviation, Kind, MOST_WORDS_IN_HOLE, Parameters, Template, wording};

/// Turns the steps of an alignment into parameters and deviations.
pub(super) struct Report<'a> {
    template: &'a Template,
    found: &'a [Found],
    pub(super) parameters: Parameters,
    pub(super) deviations: Vec<Deviation>,
}

/// A stretch of steps that do not agree.
#[derive(Default)]
struct Stretch {
    expected: Vec<usize>,
    found: Vec<usize>,
}

impl<'a> Report<'a> {
    pub(super) fn new(template: &'a Template, found: &'a [Found]) -> Self {
        Self { template, found, parameters: Parameters::default(), deviations: Vec::new() }
    }

    pub(super) fn read(&mut self, steps: &[Step]) {
        let mut stretch = Stretch::default();
        let mut next_found = 0;
        let mut clause = None;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            if let Some(expected) = step.expected() {
                let next = self.template.clause_of[expected];
                if next != clause {
                    self.close(&mut stretch, clause, next_found);
                }
                clause = next;
            }
            match *step {
                Step::Other(expected, word) => {
                    stretch.expected.push(expected);
                    stretch.found.push(word);
                }
                Step::Missing(expected) => stretch.expected.push(expected),
                Step::Added(word) => {
                    // Each page's added words are told by themselves.
                    let before = stretch.found.last().map(|word| self.found[*word].page());
                    if before.is_some_and(|page| page != self.found[word].page()) {
                        self.close(&mut stretch, clause, next_found);
                    }
                    stretch.found.push(word);
                }
                Step::Same(_, word) => {
                    self.close(&mut stretch, clause, next_found);
                    if let Found::Districts { districts, .. } = &self.found[word] {
                        self.parameters.districts.extend(districts.iter().cloned());
                    }
                }
                Step::Blank(expected) => {
                    self.close(&mut stretch, clause, next_found);
                    self.fill(expected, &[], clause, next_found);
                }
                Step::Fill(expected, word) => {
                    self.close(&mut stretch, clause, next_found);
                    let mut taken = vec![word];
                    while let Some((Step::FillOn(_, word), after)) = rest.split_first() {
                        taken.push(*word);
                        rest = after;
                    }
                    self.fill(expected, &taken, clause, word);
                    next_found = taken[taken.len() - 1] + 1;
                    continue;
                }
                Step::FillOn(_, word) => stretch.found.push(word),
            }
            if let Some(word) = step.found() {
                next_found = word + 1;
            }
        }
        self.close(&mut stretch, clause, next_found);
    }

    /// Put what was found into a hole. A value ends with its page, and no name is endlessly long:
    /// what follows has been added to the text.
    fn fill(&mut self, expected: usize, taken: &[usize], clause: Option<usize>, next_found: usize) {
        let Expected::Hole { hole, before, after } = &self.template.expected[expected] else { return };
        let page = taken.first().map(|word| self.found[*word].page());
        let within = |word: &&usize| Some(self.found[**word].page()) == page;
        let length = taken.iter().take(MOST_WORDS_IN_HOLE).take_while(within).count();
        let (taken, excess) = taken.split_at(length);
        let value = self.written_found(taken);
        let value = value.strip_prefix(before.as_str()).unwrap_or(&value);
        let value = value.strip_suffix(after.as_str()).unwrap_or(value).to_owned();

        let at = taken.first().copied().unwrap_or(next_found);
        let known = self.parameters.values.get(hole).cloned();
        match known {
            Some(known) if known != value => self.deviate(Kind::Hole, clause, at, known, value),
            None if !value.is_empty() && !hole.takes(&value) => {
                self.deviate(Kind::Hole, clause, at, self.template.expected[expected].written(), value);
            }
            Some(_) => {}
            None => {
                self.parameters.values.insert(*hole, value);
            }
        }
        let mut page = None;
        let mut stretch = Stretch::default();
        for word in excess {
            let here = Some(self.found[*word].page());
            if page.is_some() && page != here {
                self.close(&mut stretch, clause, *word);
            }
            page = here;
            stretch.found.push(*word);
        }
        self.close(&mut stretch, clause, next_found);
    }

    /// Tell of a stretch, and begin a new one.
    fn close(&mut self, stretch: &mut Stretch, clause: Option<usize>, next_found: usize) {
        let Stretch { expected, found } = std::mem::take(stretch);
        let kind = match (expected.is_empty(), found.is_empty()) {
            (true, true) => return,
            (true, false) => Kind::Added,
            (false, true) => Kind::Missing,
            (false, false) => Kind::Changed,
        };
        let at = found.first().copied().unwrap_or(next_found);
        let words: Vec<String> =
            expected.iter().map(|place| self.template.expected[*place].written()).collect();
        let found = self.written_found(&found);
        self.deviate(kind, clause, at, wording::spaced(words.iter().map(String::as_str)), found);
    }

    fn deviate(&mut self, kind: Kind, clause: Option<usize>, at: usize, expected: String, found: String) {
        let length = self.found[at.min(self.found.len())..]
            .iter()
            .scan(0, |written, one| {
                *written += one.written().len();
                (*written <= found.len()).then_some(())
            })
            .count();
        let before: Vec<usize> = (at.saturating_sub(CONTEXT)..at.min(self.found.len())).collect();
        let after = at + if found.is_empty() { 0 } else { length };
        let after: Vec<usize> = (after..(after + CONTEXT).min(self.found.len())).collect();
        let (page, word) = match (self.found.get(at), self.found.last()) {
            (Some(one), _) => (one.page(), one.at()),
            (None, Some(last)) => (last.page(), last.at() + 1),
            (None, None) => (1, 1),
        };
        self.deviations.push(Deviation {
            kind,
            page,
            clause: clause.map(|clause| self.template.clauses[clause].clone()),
            at: word,
            expected,
            found,
            before: self.written_found(&before),
            after: self.written_found(&after),
        });
    }

    fn written_found(&self, places: &[usize]) -> String {
        let words: Vec<String> = places.iter().map(|place| self.found[*place].written()).collect();
        wording::spaced(words.iter().map(String::as_str))
    }
}
