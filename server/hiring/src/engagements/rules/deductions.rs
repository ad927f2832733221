//! What may be taken off a wage (扣款): what a law names and nothing else (工资支付暂行规定 arts 15, 16; 劳动合同法 art 9).

use crate::engagements::kinds::DeductionReason;

/// Of a month's wage at most so many hundredths are taken for damage (工资支付暂行规定 art 16).
const DAMAGE_PERCENT: i64 = 20;

/// Why nothing may be taken for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlawful {
    /// Nobody said for what.
    NoReason,
    /// The law forbids it: the article.
    Forbidden(&'static str),
    /// It is more than the law lets be taken: so many fen.
    TooMuch(i64),
}

/// May so much be taken off what is due?
pub fn check(reason: Option<DeductionReason>, due_fen: i64, deduction_fen: i64) -> Result<(), Unlawful> {
    if deduction_fen == 0 {
        return Ok(());
    }
    match reason {
        None => Err(Unlawful::NoReason),
        Some(DeductionReason::IncomeTax | DeductionReason::SocialInsurance | DeductionReason::CourtOrder) => {
            if deduction_fen > due_fen {
                Err(Unlawful::TooMuch(due_fen))
            } else {
                Ok(())
            }
        }
        Some(DeductionReason::Damage) => {
            let most = due_fen * DAMAGE_PERCENT / 100;
            if deduction_fen > most { Err(Unlawful::TooMuch(most)) } else { Ok(()) }
        }
        Some(DeductionReason::Uniform | DeductionReason::Deposit | DeductionReason::Fee) => {
            Err(Unlawful::Forbidden("《劳动合同法》第九条"))
        }
        Some(DeductionReason::Fine | DeductionReason::Other) => {
            Err(Unlawful::Forbidden("《工资支付暂行规定》第十五条"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fines_clothes_deposits_and_fees_are_never_taken_off() {
        for reason in [DeductionReason::Fine, DeductionReason::Other] {
            assert_eq!(check(Some(reason), 18_000, 1), Err(Unlawful::Forbidden("《工资支付暂行规定》第十五条")));
        }
        for reason in [DeductionReason::Uniform, DeductionReason::Deposit, DeductionReason::Fee] {
            assert_eq!(check(Some(reason), 18_000, 1), Err(Unlawful::Forbidden("《劳动合同法》第九条")));
        }
    }

    #[test]
    fn of_damage_a_fifth_is_taken_at_most() {
        assert_eq!(check(Some(DeductionReason::Damage), 18_000, 3_600), Ok(()));
        assert_eq!(check(Some(DeductionReason::Damage), 18_000, 3_601), Err(Unlawful::TooMuch(3_600)));
    }

    #[test]
    fn tax_insurance_and_a_courts_order_are_lawful_up_to_what_is_due() {
        for reason in [DeductionReason::IncomeTax, DeductionReason::SocialInsurance, DeductionReason::CourtOrder] {
            assert_eq!(check(Some(reason), 18_000, 18_000), Ok(()));
            assert_eq!(check(Some(reason), 18_000, 18_001), Err(Unlawful::TooMuch(18_000)));
        }
        assert_eq!(check(None, 18_000, 0), Ok(()));
        assert_eq!(check(None, 18_000, 1), Err(Unlawful::NoReason));
    }
}
