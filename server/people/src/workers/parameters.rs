//! The city's figures about workers (零工人员参数): each with its default and its bounds in one place, kept as a setting of the city
//! where it differs.

use std::collections::HashMap;

use async_graphql::Enum;
use entities::setting;
use kernel::Fault;
use kernel::text::Text;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::rules::ages::{OLDER_WITHIN, OlderFrom};

/// A figure that a city may set (参数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
pub enum WorkerParameter {
    /// For so many days somebody counts as looking for work after saying so (求职状态有效天数).
    LookingDays,
    /// Kilometres that somebody goes who says nothing (默认求职半径，公里).
    RadiusKm,
    /// The age from which a woman counts as older (女性大龄起点，周岁).
    OlderWomen,
    /// The age from which a man counts as older (男性大龄起点，周岁).
    OlderMen,
    /// Fewer people than this are not counted in statistics (统计最少人数).
    StatisticsLeast,
}

impl WorkerParameter {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::LookingDays, Self::RadiusKm, Self::OlderWomen, Self::OlderMen, Self::StatisticsLeast];

    /// The setting that keeps it.
    pub(crate) const fn setting(self) -> &'static str {
        match self {
            Self::LookingDays => "workers.looking_days",
            Self::RadiusKm => "workers.radius_km",
            Self::OlderWomen => "workers.older_women",
            Self::OlderMen => "workers.older_men",
            Self::StatisticsLeast => "workers.statistics_least",
        }
    }

    /// What holds where the city says nothing.
    pub(crate) const fn default(self) -> i32 {
        match self {
            Self::LookingDays => 14,
            Self::RadiusKm => 10,
            // 山西省就业困难人员认定管理办法 (2024): women from 40, men from 50.
            Self::OlderWomen => 40,
            Self::OlderMen => 50,
            Self::StatisticsLeast => 5,
        }
    }

    /// The least and the most it may be.
    pub(crate) const fn bounds(self) -> (i32, i32) {
        match self {
            Self::LookingDays => (1, 180),
            Self::RadiusKm => (1, 200),
            Self::OlderWomen | Self::OlderMen => OLDER_WITHIN,
            // Three is what statistics keep to everywhere; a city may ask for more.
            Self::StatisticsLeast => (3, 50),
        }
    }

    /// In words.
    pub(crate) const fn title(self) -> Text {
        match self {
            Self::LookingDays => Text::new("求职状态有效天数", "Days for which somebody counts as looking"),
            Self::RadiusKm => Text::new("默认求职半径（公里）", "Kilometres that somebody goes who says nothing"),
            Self::OlderWomen => Text::new("女性大龄起点（周岁）", "Age from which a woman counts as older"),
            Self::OlderMen => Text::new("男性大龄起点（周岁）", "Age from which a man counts as older"),
            Self::StatisticsLeast => Text::new("统计最少人数", "Least number of people that is counted"),
        }
    }
}

/// The figures that hold in a city.
#[derive(Clone, Debug)]
pub(crate) struct Parameters(HashMap<&'static str, i32>);

impl Parameters {
    /// Reads those that the city set, in one statement.
    pub(crate) async fn of(db: &impl ConnectionTrait) -> Result<Self, Fault> {
        let names = WorkerParameter::ALL.map(WorkerParameter::setting);
        let rows = setting::Entity::find().filter(setting::Column::Name.is_in(names)).all(db).await?;
        let mut set = HashMap::new();
        for row in rows {
            let number = row.value.as_i64().and_then(|number| i32::try_from(number).ok());
            let name = names.into_iter().find(|name| *name == row.name);
            set.extend(name.zip(number));
        }
        Ok(Self(set))
    }

    /// One of them, within its bounds whatever is kept.
    pub(crate) fn get(&self, one: WorkerParameter) -> i32 {
        let (least, most) = one.bounds();
        self.0.get(one.setting()).copied().unwrap_or(one.default()).clamp(least, most)
    }

    /// Did the city set it?
    pub(crate) fn is_set(&self, one: WorkerParameter) -> bool {
        self.0.contains_key(one.setting())
    }

    /// From which ages somebody counts as older.
    pub(crate) fn older(&self) -> OlderFrom {
        OlderFrom { women: self.get(WorkerParameter::OlderWomen), men: self.get(WorkerParameter::OlderMen) }
    }
}
