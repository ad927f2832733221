//! Codes of workers (代码), each as it is stored and as clients read it.

use async_graphql::Enum;
use kernel::checks::RetirementKind;
use kernel::text::Text;
use serde::{Deserialize, Serialize};

/// Makes an enum whose values are stored as texts.
macro_rules! stored {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As stored.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// From what is stored.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == text)
            }
        }
    };
}

stored! {
    /// Whether a registration holds (登记状态).
    WorkerStatus {
        /// It holds (有效).
        Active = "ACTIVE",
        /// It was closed (已注销).
        Closed = "CLOSED",
    }
}

stored! {
    /// How somebody was registered (登记来源).
    WorkerSource {
        /// By the person itself (本人).
        SelfService = "SELF",
        /// At a counter (柜台).
        Counter = "COUNTER",
        /// At a counter, from a card reader (读卡器).
        CardReader = "CARD_READER",
    }
}

stored! {
    /// A band of ages (年龄段): what the law asks differs between them.
    AgeBand {
        /// 16 and 17: kept from hazardous trades (未成年工).
        Minor = "MINOR",
        /// Between (一般).
        Adult = "ADULT",
        /// At an age from which work is hard to find: women from 40, men from 50 unless the city says otherwise (大龄).
        Older = "OLDER",
        /// Beyond the statutory age of retirement, or maybe beyond it: a written agreement and work-injury insurance are due
        /// (超龄劳动者).
        OverAge = "OVER_AGE",
    }
}

stored! {
    /// When somebody works (可工作时段).
    WorkHours {
        /// Before eight (清晨).
        Dawn = "DAWN",
        /// From eight to six (白天).
        Day = "DAY",
        /// From six to ten (晚间).
        Evening = "EVENING",
        /// After ten (夜间).
        Night = "NIGHT",
    }
}

impl WorkHours {
    /// Its bit in the column.
    const fn bit(self) -> i32 {
        match self {
            Self::Dawn => 1,
            Self::Day => 2,
            Self::Evening => 4,
            Self::Night => 8,
        }
    }

    /// All of these in one number; nobody who says nothing is left out.
    #[must_use]
    pub fn mask(hours: &[Self]) -> i32 {
        let all = if hours.is_empty() { Self::ALL } else { hours };
        all.iter().fold(0, |mask, one| mask | one.bit())
    }

    /// Those in a number.
    #[must_use]
    pub fn of_mask(mask: i32) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|one| mask & one.bit() != 0).collect()
    }
}

stored! {
    /// Which post a woman last had (女职工退休类别): she says so, nobody infers it.
    FemaleWorkerKind {
        /// Managerial or technical: 55, rising to 58 (管理或技术岗位).
        Female55 = "FEMALE_55",
        /// Any other: 50, rising to 55 (其他岗位).
        Female50 = "FEMALE_50",
    }
}

impl From<FemaleWorkerKind> for RetirementKind {
    fn from(kind: FemaleWorkerKind) -> Self {
        match kind {
            FemaleWorkerKind::Female55 => Self::Female55,
            FemaleWorkerKind::Female50 => Self::Female50,
        }
    }
}

stored! {
    /// Hardship (困难情形), after the Shanxi rules for the hard to employ of 2024 and clause 四 of the national notice.
    DifficultyKind {
        /// Older and out of work (大龄失业).
        OlderUnemployed = "OLDER_UNEMPLOYED",
        /// On the minimum living allowance (低保人员).
        MinimumLiving = "MINIMUM_LIVING",
        /// Disabled and out of work (残疾失业).
        Disabled = "DISABLED",
        /// Of an urban family without anybody at work (城镇零就业家庭).
        ZeroEmploymentHousehold = "ZERO_EMPLOYMENT_HOUSEHOLD",
        /// A farmer who lost all land (被征地农民).
        LandExpropriated = "LAND_EXPROPRIATED",
        /// A veteran who finds no work (就业困难的退役军人).
        Veteran = "VETERAN",
        /// Out of work for long (长期失业人员).
        LongTermUnemployed = "LONG_TERM_UNEMPLOYED",
        /// A graduate who finds no work (就业困难高校毕业生).
        Graduate = "GRADUATE",
        /// Of a family of low income (低收入家庭).
        LowIncome = "LOW_INCOME",
        /// What the city added (其他).
        Other = "OTHER",
    }
}

impl DifficultyKind {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::OlderUnemployed => Text::new("大龄失业", "Older and out of work"),
            Self::MinimumLiving => Text::new("低保人员", "On the minimum living allowance"),
            Self::Disabled => Text::new("残疾失业", "Disabled and out of work"),
            Self::ZeroEmploymentHousehold => Text::new("零就业家庭", "Family without anybody at work"),
            Self::LandExpropriated => Text::new("被征地农民", "Farmer who lost all land"),
            Self::Veteran => Text::new("就业困难的退役军人", "Veteran who finds no work"),
            Self::LongTermUnemployed => Text::new("长期失业人员", "Out of work for long"),
            Self::Graduate => Text::new("就业困难高校毕业生", "Graduate who finds no work"),
            Self::LowIncome => Text::new("低收入家庭", "Family of low income"),
            Self::Other => Text::new("其他困难情形", "Other hardship"),
        }
    }
}

stored! {
    /// What a hardship rests on (困难情形依据).
    DifficultyBasis {
        /// The person says so (本人申报).
        Declared = "DECLARED",
        /// An office certified it (经认定).
        Certified = "CERTIFIED",
    }
}

impl AgeBand {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Minor => Text::new("16至17周岁", "16 and 17"),
            Self::Adult => Text::new("一般", "Between"),
            Self::Older => Text::new("大龄", "Older"),
            Self::OverAge => Text::new("超龄（含可能超龄）", "Beyond the age of retirement, or maybe so"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_kept_in_one_number_and_whoever_says_none_works_at_all() {
        assert_eq!(WorkHours::mask(&[WorkHours::Dawn, WorkHours::Night]), 9);
        assert_eq!(WorkHours::of_mask(9), [WorkHours::Dawn, WorkHours::Night]);
        assert_eq!(WorkHours::mask(&[]), 15);
    }

    #[test]
    fn every_code_is_read_as_it_was_written() {
        assert!(DifficultyKind::ALL.iter().all(|kind| DifficultyKind::parse(kind.name()) == Some(*kind)));
        assert!(AgeBand::ALL.iter().all(|band| AgeBand::parse(band.name()) == Some(*band)));
        assert_eq!(WorkerSource::parse("SELF"), Some(WorkerSource::SelfService));
        assert_eq!(AgeBand::parse("CHILD"), None);
    }
}
