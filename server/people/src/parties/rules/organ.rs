//! In whose name a party was verified (核验单位): an organ or a market, never a person.

use kernel::text::Words;

/// Who verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organ {
    /// The bureau of this city, by its names in both languages.
    City(Words),
    /// The bureau of this county, by its name.
    County(String),
    /// The market of this name.
    Market(String),
}

impl Organ {
    /// As everybody reads it.
    pub fn named(&self) -> Words {
        match self {
            Self::City(city) => Words::new(
                format!("{}人力资源和社会保障局", city.zh),
                format!("Human Resources and Social Security Bureau of {}", city.en),
            ),
            Self::County(name) => Words::new(
                format!("{name}人力资源和社会保障局"),
                format!("Human Resources and Social Security Bureau of {name}"),
            ),
            Self::Market(name) => Words::new(name.clone(), name.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_names_an_organ() {
        let city = Organ::City(Words::new("太原市", "Taiyuan")).named();
        assert_eq!(city.zh, "太原市人力资源和社会保障局");
        assert_eq!(city.en, "Human Resources and Social Security Bureau of Taiyuan");
        assert_eq!(Organ::County("小店区".to_owned()).named().zh, "小店区人力资源和社会保障局");
        assert_eq!(Organ::Market("小店区零工市场".to_owned()).named().zh, "小店区零工市场");
    }
}
