//! Who is looked at without having been woken (巡查): everybody at the start, then some each minute, in turn.
//!
//! A wake or a due time may be lost with a process; the round finds what was. Looking at a whole province each minute
//! would open every store for nothing.

use std::collections::VecDeque;

/// So many a minute.
const AT_ONCE: usize = 32;

/// A round through the tenants.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    begun: bool,
    rest: VecDeque<String>,
}

impl Sweep {
    /// Who is next, of all there are now.
    pub(super) fn next(&mut self, mut all: Vec<String>) -> Vec<String> {
        all.sort_unstable();
        if !std::mem::replace(&mut self.begun, true) {
            return all;
        }
        self.rest.retain(|code| all.binary_search(code).is_ok());
        let mut next: Vec<String> = Vec::new();
        while next.len() < AT_ONCE.min(all.len()) {
            if self.rest.is_empty() {
                self.rest = all.iter().filter(|code| !next.contains(code)).cloned().collect();
            }
            next.extend(self.rest.pop_front());
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(numbers: std::ops::Range<usize>) -> Vec<String> {
        numbers.map(|n| format!("{n:06}")).collect()
    }

    #[test]
    fn everybody_is_looked_at_first_and_then_in_turn() {
        let mut sweep = Sweep::default();
        let all = codes(0..40);
        assert_eq!(sweep.next(all.clone()), all);
        assert_eq!(sweep.next(all.clone()), codes(0..32));
        let mut next = codes(32..40);
        next.extend(codes(0..24));
        assert_eq!(sweep.next(all), next);
    }

    #[test]
    fn few_are_looked_at_each_time_and_who_is_gone_is_not() {
        let mut sweep = Sweep::default();
        assert_eq!(sweep.next(codes(0..3)).len(), 3);
        assert_eq!(sweep.next(codes(0..3)), codes(0..3));
        assert_eq!(sweep.next(codes(1..3)), codes(1..3));
        assert_eq!(sweep.next(Vec::new()), Vec::<String>::new());
    }
}
