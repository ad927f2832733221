//! What a "no" reaches (否定范围), and who is spoken of: the worker, the client of the work, or a swindler.

use super::finding::LintField;
use super::reading::Reading;
use super::text::Gap;
use super::words::Tag;

/// What a negation reaches over on its way to a noun: verbs of paying and taking, and other nouns of the list.
const REACHED: [Tag; 28] = [
    Tag::Filler,
    Tag::And,
    Tag::Need,
    Tag::Want,
    Tag::Give,
    Tag::Take,
    Tag::Hold,
    Tag::Press,
    Tag::Deposit,
    Tag::Earnest,
    Tag::Fee,
    Tag::SoftFee,
    Tag::FeePhrase,
    Tag::Guarantee,
    Tag::Pledge,
    Tag::Document,
    Tag::Towards,
    Tag::Worker,
    Tag::Buy,
    Tag::Goods,
    Tag::Advance,
    Tag::Test,
    Tag::Payer,
    Tag::Insurance,
    Tag::SexThing,
    Tag::Arrange,
    Tag::Allowance,
    Tag::Denied,
];
/// Nouns and what joins them: a list may run on over a comma.
const LISTED: [Tag; 11] = [
    Tag::Filler,
    Tag::And,
    Tag::Deposit,
    Tag::Earnest,
    Tag::Fee,
    Tag::SoftFee,
    Tag::FeePhrase,
    Tag::Guarantee,
    Tag::Pledge,
    Tag::Document,
    Tag::Advance,
];
const NEGATIVE: [Tag; 6] = [Tag::Not, Tag::Never, Tag::CanNot, Tag::Free, Tag::Forbid, Tag::NoLimit];

impl Reading<'_> {
    /// Is what stands at `i` said not to be: 不收…, 免…, 严禁收…, …全免, …：无?
    ///
    /// 不交…不能上岗 says the opposite, and so do 不得不交… and …不退.
    pub(super) fn denied(&self, i: usize) -> bool {
        match self.negator(i) {
            Some(at) => !self.doubled(at) && !self.demanded(at, i),
            None => self.denied_after(i),
        }
    }

    fn is_zero(&self, i: usize) -> bool {
        let token = self.token(i);
        token.tag == Tag::Number && token.value == 0
    }

    /// The negation in front that reaches `i`.
    pub(super) fn negator(&self, i: usize) -> Option<usize> {
        let list_goes_on = self.after_in_clause(i).all(|(_, t)| LISTED.contains(&t.tag));
        let mut only_listed = true;
        let mut gap = self.token(i).gap;
        for (j, token) in self.before(i) {
            let across = gap >= Gap::Comma;
            // A list runs on over a comma; a clause with a verb or a sum of its own does not.
            if (gap >= Gap::Blank && !list_goes_on) || (across && !only_listed) {
                return None;
            }
            if NEGATIVE.contains(&token.tag) || self.is_zero(j) {
                return Some(j);
            }
            if !REACHED.contains(&token.tag) {
                return None;
            }
            only_listed = (across || only_listed) && LISTED.contains(&token.tag);
            gap = token.gap;
        }
        None
    }

    /// Is the negation itself negated: 不得不, 没有不?
    fn doubled(&self, at: usize) -> bool {
        let Some((before, _)) = self.last_but(at, &[Tag::Filler]) else { return false };
        self.is(before, &[Tag::Not, Tag::CanNot]) && self.is(at, &[Tag::Not, Tag::CanNot])
    }

    /// Is it a condition after all: 不交…不能上岗, 没有…免谈?
    fn demanded(&self, at: usize, i: usize) -> bool {
        if !self.is(at, &[Tag::Not]) || (at..i).any(|j| self.is(j, &[Tag::Take, Tag::Hold, Tag::Want, Tag::Need])) {
            return false;
        }
        let passed =
            [Tag::Filler, Tag::And, Tag::Number, Tag::Yuan, Tag::Deposit, Tag::Fee, Tag::Document, Tag::SoftFee];
        let Some((j, token)) = self.after(i).find(|(_, t)| !passed.contains(&t.tag)) else { return false };
        // 不交押金的，勿扰 names people; 无押金，非诚勿扰 does not.
        let named = self.was(j, &[Tag::Filler]) || self.was(j, &[Tag::Deposit, Tag::Fee, Tag::Document, Tag::SoftFee]);
        let touches = token.gap < Gap::Comma || self.was(j, &[Tag::Filler]);
        match token.tag {
            Tag::Refuse => named && touches,
            Tag::CanNot if touches => true,
            Tag::Not | Tag::CanNot => self
                .next_but(j, &[Tag::Filler, Tag::Towards])
                .is_some_and(|(_, t)| matches!(t.tag, Tag::Denied | Tag::Worker | Tag::Works)),
            _ => false,
        }
    }

    /// The negation behind: …全免, …：无, …不用交, …0元; but …不退 and …不能少 deny nothing.
    fn denied_after(&self, i: usize) -> bool {
        let passed = [
            Tag::Filler,
            Tag::And,
            Tag::Deposit,
            Tag::Earnest,
            Tag::Fee,
            Tag::SoftFee,
            Tag::Guarantee,
            Tag::Document,
            Tag::Advance,
        ];
        if self.is(i + 1, &[Tag::Never]) && self.folded(i + 1) == "不存在" {
            return true;
        }
        let Some((j, token)) = self.next_but(i, &passed) else { return false };
        if self.is_zero(j) || token.tag == Tag::Free {
            return true;
        }
        if ![Tag::Not, Tag::Never, Tag::Forbid].contains(&token.tag) {
            return false;
        }
        let after = self.next_but(j, &[Tag::Filler, Tag::Need, Tag::Want]);
        let Some((k, next)) = after else { return true };
        // 押金不收 denies it; 除押金不收其他费用 does not.
        let ends = |at: usize| self.next_but(at, &[Tag::Filler]).is_none_or(|(_, t)| t.gap >= Gap::Blank);
        match next.tag {
            Tag::Give | Tag::Take | Tag::Hold | Tag::Press => ends(k) && !self.near_before(i, 3, &[Tag::Except]),
            _ => next.gap >= Gap::Blank && token.tag != Tag::Forbid,
        }
    }

    /// Is it a warning against those who do it: 收…的都是骗子? A sum in the clause says that it is not.
    pub(super) fn warned(&self, i: usize) -> bool {
        self.in_sentence(i, &[Tag::Warning]) && !self.near(i, 6, &[Tag::Yuan])
    }

    /// Does the work deal with it, so that somebody other than the worker pays: 代收业主押金?
    pub(super) fn on_duty(&self, i: usize) -> bool {
        if self.near(i, 8, &[Tag::Worker, Tag::OwnCost]) {
            return false;
        }
        let spoken_of = [Tag::Duty, Tag::Client, Tag::Care];
        // 培训费收缴文员 is a trade of its own.
        let trade =
            self.field == LintField::Title && self.near_after(i, 3, &[Tag::Job]) && !self.near(i, 3, &[Tag::Number]);
        if trade || self.near_before(i, 10, &spoken_of) || self.near_after(i, 3, &[Tag::Duty]) {
            return true;
        }
        if !matches!(self.field, LintField::Title | LintField::Duties) || self.near_before(i, 4, &[Tag::Give]) {
            return false;
        }
        let work = [Tag::Duty, Tag::Client, Tag::Desk];
        let takes = self.near_before(i, 3, &[Tag::Take, Tag::Return]) && !self.near_after(i, 2, &[Tag::Number]);
        self.near(i, 10, &work) || (takes && self.before(i).any(|(_, t)| work.contains(&t.tag)))
    }

    /// Is it said behind that the hiring party bears it: …由公司垫付?
    pub(super) fn borne_by_party(&self, i: usize) -> bool {
        let payer = self.next_but(i, &[Tag::Filler, Tag::Towards]).filter(|(_, t)| t.tag == Tag::Payer);
        payer.is_some_and(|(j, _)| self.is(j + 1, &[Tag::Borne, Tag::Advance]))
    }

    /// Does somebody other than the worker bear it: 由公司出, 报销?
    pub(super) fn borne(&self, i: usize) -> bool {
        let bears = |j: usize| self.is(j, &[Tag::Borne]) && !self.was(j, &[Tag::Worker, Tag::Not]);
        let payer_pays = |j: usize| {
            self.is(j, &[Tag::Payer])
                && !self.was(j, &[Tag::Towards])
                && self.near_after(j, 3, &[Tag::Borne, Tag::Give, Tag::Advance])
        };
        self.after_in_clause(i).take(6).any(|(j, _)| bears(j) || payer_pays(j))
            || self.before_in_clause(i).take(6).any(|(j, _)| bears(j) || (payer_pays(j) && j + 4 >= i))
    }
}
