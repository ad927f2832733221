//! Numbers of people (人数) with the way they came about (晋人社厅发〔2022〕60号 附件2).

use chrono::NaiveDate;
use kernel::Lang;

use super::flaw::Flaw;
use super::naming::some;
use crate::annex2;
use crate::forms::FigureInput;
use crate::kinds::FigureMethod;

/// More people than any market gathers.
pub const MOST: i32 = 500_000;

/// A number of people (人数): exact when both ends are one and it is not approximate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Lower end.
    pub low: i32,
    /// Upper end.
    pub high: i32,
    /// About.
    pub approximate: bool,
    /// How it came about.
    pub method: FigureMethod,
    /// Why it overrides the computed number.
    pub reason: Option<String>,
    /// The day it holds for.
    pub as_of: NaiveDate,
    /// What it was computed from.
    pub computed: Option<Computed>,
}

/// What a computed number came from (计算依据).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Computed {
    /// Samples.
    pub samples: i32,
    /// Days those were of.
    pub days: i32,
    /// The first day of the window; its last is the day the number holds for.
    pub from: NaiveDate,
}

/// The two numbers of a market as it stands: what was computed may be sent back as it was read.
pub type Kept<'a> = (Option<&'a Figure>, Option<&'a Figure>);

/// The two numbers of a market as filled in, checked.
pub fn read_both(
    scale: Option<&FigureInput>,
    successes: Option<&FigureInput>,
    kept: Kept<'_>,
    today: NaiveDate,
) -> Result<(Option<Figure>, Option<Figure>), Flaw> {
    let of_scale = [Flaw::ScaleReversed, Flaw::ScaleReason, Flaw::ScaleFuture, Flaw::ScaleComputed];
    let of_success = [Flaw::SuccessReversed, Flaw::SuccessReason, Flaw::SuccessFuture, Flaw::SuccessComputed];
    let scale = scale.map(|f| read(f, kept.0, today, of_scale)).transpose()?;
    let successes = successes.map(|f| read(f, kept.1, today, of_success)).transpose()?;
    if let (Some(scale), Some(successes)) = (&scale, &successes)
        && successes.low > scale.high
    {
        return Err(Flaw::SuccessOverScale);
    }
    Ok((scale, successes))
}

fn read(
    input: &FigureInput,
    kept: Option<&Figure>,
    today: NaiveDate,
    [range, reason, future, computed]: [Flaw; 4],
) -> Result<Figure, Flaw> {
    if input.method == FigureMethod::Computed {
        let same =
            |f: &&Figure| f.computed.is_some() && (f.low, f.high, f.as_of) == (input.low, input.high, input.as_of.0);
        return kept.filter(same).cloned().ok_or(computed);
    }
    if input.low < 0 || input.low > input.high || input.high > MOST {
        return Err(range);
    }
    let why = some(input.override_reason.as_deref()).filter(|_| input.method == FigureMethod::Override);
    if input.method == FigureMethod::Override && why.is_none() {
        return Err(reason);
    }
    if input.as_of.0 > today {
        return Err(future);
    }
    Ok(Figure {
        low: input.low,
        high: input.high,
        approximate: input.approximate,
        method: input.method,
        reason: why,
        as_of: input.as_of.0,
        computed: None,
    })
}

impl Figure {
    /// A number from the form: declared by the market, for the day of the import.
    #[must_use]
    pub fn declared(low: i32, high: i32, approximate: bool, as_of: NaiveDate) -> Self {
        Self { low, high, approximate, method: FigureMethod::Declared, reason: None, as_of, computed: None }
    }

    /// As the form has it.
    #[must_use]
    pub fn to_form(&self) -> annex2::Figure {
        let people = |n: i32| u32::try_from(n).unwrap_or(0);
        let mut figure = annex2::Figure {
            low: people(self.low),
            high: people(self.high),
            approximate: self.approximate,
            text: String::new(),
        };
        figure.text = figure.render();
        figure
    }

    /// In words: `300`, `约300`, `200—300`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.to_form().render(),
            Lang::En => {
                let about = if self.approximate { "about " } else { "" };
                if self.low == self.high {
                    format!("{about}{}", self.low)
                } else {
                    format!("{about}{}–{}", self.low, self.high)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::gql::Date;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn figure(low: i32, high: i32, method: FigureMethod, reason: Option<&str>) -> FigureInput {
        FigureInput {
            low,
            high,
            approximate: true,
            method,
            override_reason: reason.map(str::to_owned),
            as_of: Date(today()),
        }
    }

    #[test]
    fn an_override_needs_a_reason() {
        let scale = figure(200, 300, FigureMethod::Override, Some(" "));
        assert_eq!(read_both(Some(&scale), None, (None, None), today()), Err(Flaw::ScaleReason));
        let scale = figure(200, 300, FigureMethod::Override, Some("自发市场无系统数据，按现场巡查估计"));
        let (scale, _) = read_both(Some(&scale), None, (None, None), today()).unwrap();
        assert_eq!(scale.unwrap().words(Lang::Zh), "约200—300");
    }

    #[test]
    fn a_computed_number_is_sent_back_as_it_was_read_and_never_typed_in() {
        let computed = Computed { samples: 6, days: 3, from: "2026-11-01".parse().unwrap() };
        let kept = Figure {
            method: FigureMethod::Computed,
            computed: Some(computed),
            ..Figure::declared(120, 120, false, today())
        };
        let again = figure(120, 120, FigureMethod::Computed, None);
        let (scale, _) = read_both(Some(&again), None, (Some(&kept), None), today()).unwrap();
        assert_eq!(scale.unwrap(), kept);
        let typed = figure(130, 130, FigureMethod::Computed, None);
        assert_eq!(read_both(Some(&typed), None, (Some(&kept), None), today()), Err(Flaw::ScaleComputed));
        assert_eq!(read_both(None, Some(&again), (Some(&kept), None), today()), Err(Flaw::SuccessComputed));
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        let of = |low, high| figure(low, high, FigureMethod::Counted, None);
        assert_eq!(read_both(Some(&of(300, 200)), None, (None, None), today()), Err(Flaw::ScaleReversed));
        assert_eq!(read_both(None, Some(&of(-1, 200)), (None, None), today()), Err(Flaw::SuccessReversed));
        assert_eq!(read_both(Some(&of(0, 500_001)), None, (None, None), today()), Err(Flaw::ScaleReversed));
        assert_eq!(read_both(Some(&of(10, 20)), Some(&of(30, 30)), (None, None), today()), Err(Flaw::SuccessOverScale));
        let mut late = of(1, 2);
        late.as_of = Date("2026-11-24".parse().unwrap());
        assert_eq!(read_both(Some(&late), None, (None, None), today()), Err(Flaw::ScaleFuture));
    }
}
