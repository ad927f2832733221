//! What stands in a form, decided without looking anything up (登记表审核).

use chrono::NaiveDate;
use kernel::checks::citizen_id::AgeError;
use kernel::checks::phone::PhoneKind;
use kernel::checks::{CitizenId, Phone};
use kernel::divisions::{Divisions, Level};
use kernel::geo::{Crs, Point};
use kernel::trades::{TradeMatch, Trades};
use kernel::{Lang, Pii};

use super::minors;

/// Trades of one worker at most.
pub(crate) const MOST_TRADES: usize = 10;
/// Characters of a name at most.
const NAME: usize = 50;
/// The least and the most that somebody goes, kilometres.
pub(crate) const RADIUS: (i32, i32) = (1, 200);

/// What is wrong with a form (登记表问题): where, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Name,
    IdNumber { zh: String, en: String },
    UnderAge { age: u32 },
    NotBorn,
    Phone { zh: String, en: String },
    NoTrade,
    TooManyTrades,
    UnknownTrade { text: String },
    Hazardous { trade: String, ground: String, article: String },
    County,
    Radius,
    Point { zh: String, en: String },
    NoCertificateNeeded { trade: String },
    CertificateNumber,
    CertificateOver,
}

impl Flaw {
    /// The field it is about.
    pub(crate) const fn field(&self) -> &'static str {
        match self {
            Self::Name => "input.name",
            Self::IdNumber { .. } | Self::UnderAge { .. } | Self::NotBorn => "input.idNumber",
            Self::Phone { .. } => "input.phone",
            Self::NoTrade | Self::TooManyTrades | Self::UnknownTrade { .. } | Self::Hazardous { .. } => "input.trades",
            Self::County => "input.county",
            Self::Radius => "input.radiusKm",
            Self::Point { .. } => "input.point",
            Self::NoCertificateNeeded { .. } | Self::CertificateNumber | Self::CertificateOver => "input.certificates",
        }
    }

    /// In words, with what to do next.
    pub(crate) fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Name => format!("请填写姓名，不超过{NAME}个字。"),
            Self::IdNumber { zh, .. } | Self::Phone { zh, .. } | Self::Point { zh, .. } => format!("{zh}。"),
            Self::UnderAge { age } => format!(
                "该人员{age}周岁。未满十六周岁的，不得求职登记和介绍就业（劳动法第十五条、禁止使用童工规定第二条、第四条）。"
            ),
            Self::NotBorn => "公民身份号码中的出生日期晚于今天，请核对证件。".to_owned(),
            Self::NoTrade => "请至少填写一个工种。".to_owned(),
            Self::TooManyTrades => format!("工种最多{MOST_TRADES}个，请保留最想做的。"),
            Self::UnknownTrade { text } => format!("不认识工种“{text}”，请从工种目录中选择。"),
            Self::Hazardous { trade, ground, article } => {
                format!("十六、十七周岁的未成年工不得从事“{trade}”：{ground}（{article}）。请去掉该工种。")
            }
            Self::County => "请选择本市的县（市、区）。".to_owned(),
            Self::Radius => format!("求职半径应为{}至{}公里。", RADIUS.0, RADIUS.1),
            Self::NoCertificateNeeded { trade } => format!("“{trade}”不需要特种作业操作证，请去掉该证书。"),
            Self::CertificateNumber => "证书编号应为6至30位字母和数字。".to_owned(),
            Self::CertificateOver => "证书已过有效期，请核对；须复审后再登记。".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Name => format!("Enter the name, in at most {NAME} characters."),
            Self::IdNumber { en, .. } | Self::Phone { en, .. } | Self::Point { en, .. } => format!("{en}."),
            Self::UnderAge { age } => format!(
                "The person is {age}. Nobody under sixteen is registered or introduced to work (Labour Law art 15; Provisions on the Prohibition of Using Child Labour art 2 and 4)."
            ),
            Self::NotBorn => "The date of birth in the number lies in the future; look at the card again.".to_owned(),
            Self::NoTrade => "Enter at least one trade.".to_owned(),
            Self::TooManyTrades => format!("At most {MOST_TRADES} trades; keep those that are wanted most."),
            Self::UnknownTrade { text } => format!("Nobody knows the trade {text}; pick one from the list."),
            Self::Hazardous { trade, article, .. } => {
                format!("Whoever is 16 or 17 may not work as {trade} ({article}); take that trade out.")
            }
            Self::County => "Pick a county of this city.".to_owned(),
            Self::Radius => format!("The radius is {} to {} kilometres.", RADIUS.0, RADIUS.1),
            Self::NoCertificateNeeded { trade } => format!("{trade} needs no certificate; take it out."),
            Self::CertificateNumber => "The number of a certificate has 6 to 30 letters and digits.".to_owned(),
            Self::CertificateOver => "The certificate is over; look again, or have it renewed first.".to_owned(),
        }
    }
}

/// A name, tidied.
pub(crate) fn name(typed: &Pii<String>) -> Result<Pii<String>, Flaw> {
    typed.try_map(|text| crate::rules::contact::line(text, NAME)).ok_or(Flaw::Name)
}

/// A citizen number.
pub(crate) fn card(typed: &Pii<String>) -> Result<CitizenId, Flaw> {
    CitizenId::parse(typed.expose())
        .map_err(|error| Flaw::IdNumber { zh: error.zh().to_owned(), en: error.to_string() })
}

/// A citizen number of somebody who is old enough to work on this day.
pub(crate) fn id_number(typed: &Pii<String>, day: NaiveDate) -> Result<CitizenId, Flaw> {
    let id = card(typed)?;
    match id.working_age_on(day) {
        Ok(_) => Ok(id),
        Err(AgeError::Child { age }) => Err(Flaw::UnderAge { age }),
        Err(AgeError::NotBorn) => Err(Flaw::NotBorn),
    }
}

/// A mobile number, or that there is none.
pub(crate) fn phone(typed: &Pii<String>) -> Result<Option<Phone>, Flaw> {
    let text = typed.expose().trim();
    if text.is_empty() || text == "无" || text.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    match Phone::parse(text) {
        Ok(phone) if phone.kind() == PhoneKind::Mobile => Ok(Some(phone)),
        Ok(_) => Err(Flaw::Phone {
            zh: "请填写手机号码；没有手机的填“无”".to_owned(),
            en: "enter a mobile number, or none".to_owned(),
        }),
        Err(error) => Err(Flaw::Phone { zh: error.zh().to_owned(), en: error.to_string() }),
    }
}

/// The codes of trades as they were typed, each once, in their order.
pub(crate) fn trades(typed: &[String]) -> Result<Vec<String>, Flaw> {
    let mut codes: Vec<String> = Vec::new();
    for text in typed.iter().filter(|text| !text.trim().is_empty()) {
        let found: Vec<String> = match Trades::standard().resolve(text) {
            TradeMatch::Exact(code) => vec![code.to_owned()],
            TradeMatch::Alias { codes } => codes.to_vec(),
            TradeMatch::Unknown => return Err(Flaw::UnknownTrade { text: text.trim().chars().take(20).collect() }),
        };
        codes.extend(found);
    }
    let mut once: Vec<String> = Vec::new();
    for code in codes {
        if !once.contains(&code) {
            once.push(code);
        }
    }
    match once.len() {
        0 => Err(Flaw::NoTrade),
        n if n > MOST_TRADES => Err(Flaw::TooManyTrades),
        _ => Ok(once),
    }
}

/// May whoever has this number work at these trades on this day? A minor is kept from the hazardous ones.
pub(crate) fn fit_for(id: &CitizenId, trades: &[String], day: NaiveDate) -> Result<(), Flaw> {
    if id.age_on(day).is_none_or(|age| age >= super::ages::FULL_AGE) {
        return Ok(());
    }
    let hazard = trades.iter().find_map(|trade| minors::ground(trade).map(|ground| (trade, ground)));
    hazard.map_or(Ok(()), |(trade, (ground, article))| {
        Err(Flaw::Hazardous { trade: called(trade), ground: ground.to_owned(), article: article.to_owned() })
    })
}

/// What a trade is called.
pub(crate) fn called(trade: &str) -> String {
    Trades::standard().name(trade).unwrap_or(trade).to_owned()
}

/// A county of the city.
pub(crate) fn county(typed: &str, city: &str) -> Result<String, Flaw> {
    let divisions = Divisions::standard();
    let known = divisions.get(typed.trim()).filter(|one| one.level == Level::County);
    known.filter(|one| divisions.within(&one.code, city)).map(|one| one.code.clone()).ok_or(Flaw::County)
}

/// How far somebody goes.
pub(crate) fn radius(km: i32) -> Result<i32, Flaw> {
    if (RADIUS.0..=RADIUS.1).contains(&km) { Ok(km) } else { Err(Flaw::Radius) }
}

/// A point in GCJ-02, to a hundredth of a degree: about a kilometre, and no door.
pub(crate) fn rough_point(lat: f64, lng: f64, crs: Crs) -> Result<(f64, f64), Flaw> {
    let point = Point::new(lat, lng, crs)
        .map_err(|error| Flaw::Point { zh: error.zh().to_owned(), en: error.to_string() })?
        .to(Crs::Gcj02);
    let coarse = |degrees: f64| (degrees * 100.0).round() / 100.0;
    Ok((coarse(point.lat), coarse(point.lng)))
}

/// A certificate as it is kept: the trade that needs it, and its number tidied.
pub(crate) fn certificate(
    trade: &str,
    number: &Pii<String>,
    valid_until: NaiveDate,
    day: NaiveDate,
) -> Result<(String, Pii<String>), Flaw> {
    let codes = trades(std::slice::from_ref(&trade.to_owned()))?;
    let Some(code) = codes.iter().find(|code| Trades::standard().needs_certificate(code)) else {
        return Err(Flaw::NoCertificateNeeded { trade: codes.first().map(|code| called(code)).unwrap_or_default() });
    };
    let number = number.try_map(|text| {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        ((6..=30).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(text)
    });
    let number = number.ok_or(Flaw::CertificateNumber)?;
    if valid_until < day {
        return Err(Flaw::CertificateOver);
    }
    Ok((code.clone(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whoever_is_under_sixteen_is_refused_with_the_article() {
        let typed = Pii::from("140105199003070012");
        let flaw = id_number(&typed, day("2006-03-06")).unwrap_err();
        assert_eq!(flaw, Flaw::UnderAge { age: 15 });
        assert!(flaw.message(Lang::Zh).contains("劳动法第十五条"));
        assert_eq!(flaw.field(), "input.idNumber");
        assert!(id_number(&typed, day("2006-03-07")).is_ok());
    }

    #[test]
    fn nobody_needs_a_telephone_and_a_fixed_line_is_none_that_codes_reach() {
        for none in ["无", "none", " ", "NONE"] {
            assert_eq!(phone(&Pii::from(none)), Ok(None), "{none}");
        }
        assert!(phone(&Pii::from("138 0000 1234")).unwrap().is_some());
        assert!(matches!(phone(&Pii::from("0351-5278313")), Err(Flaw::Phone { .. })));
        assert!(matches!(phone(&Pii::from("1380000")), Err(Flaw::Phone { .. })));
    }

    #[test]
    fn trades_are_taken_by_their_street_names_each_once() {
        let typed = ["水电工", "电工", " 瓦匠 "].map(str::to_owned);
        assert_eq!(trades(&typed).unwrap(), ["6-31-01-03", "6-29-03-04", "6-29-01-01"]);
        assert_eq!(trades(&[String::new()]), Err(Flaw::NoTrade));
        assert_eq!(trades(&["宇航员".to_owned()]), Err(Flaw::UnknownTrade { text: "宇航员".to_owned() }));
        let all: Vec<String> =
            Trades::standard().search("").iter().take(11).map(|(code, _)| (*code).to_owned()).collect();
        assert_eq!(trades(&all), Err(Flaw::TooManyTrades));
    }

    #[test]
    fn a_minor_is_kept_from_the_hazardous_trades_and_from_no_other() {
        let id = CitizenId::parse("140105199003070012").unwrap();
        let seventeen = day("2008-03-06");
        let scaffolder = ["6-29-01-05".to_owned()];
        assert!(matches!(fit_for(&id, &scaffolder, seventeen), Err(Flaw::Hazardous { .. })));
        assert_eq!(fit_for(&id, &["4-03-02-05".to_owned()], seventeen), Ok(()));
        assert_eq!(fit_for(&id, &scaffolder, day("2008-03-07")), Ok(()));
    }

    #[test]
    fn a_county_of_another_city_is_none_of_this_one() {
        assert_eq!(county(" 140105 ", "140100"), Ok("140105".to_owned()));
        for other in ["140212", "140100", "999999", ""] {
            assert_eq!(county(other, "140100"), Err(Flaw::County), "{other}");
        }
    }

    #[test]
    fn a_point_is_kept_to_a_hundredth_of_a_degree() {
        assert_eq!(rough_point(37.8712, 112.5489, Crs::Gcj02), Ok((37.87, 112.55)));
        assert!(matches!(rough_point(112.5, 37.8, Crs::Wgs84), Err(Flaw::Point { .. })));
    }

    #[test]
    fn a_certificate_is_for_a_trade_that_needs_one_and_is_not_over() {
        let number = Pii::from("t1401 0519 9003 0700 12");
        let today = day("2026-11-26");
        let (trade, tidy) = certificate("电工", &number, day("2028-01-01"), today).unwrap();
        assert_eq!((trade.as_str(), tidy.expose().as_str()), ("6-31-01-03", "T140105199003070012"));
        assert!(matches!(
            certificate("瓦工", &number, day("2028-01-01"), today),
            Err(Flaw::NoCertificateNeeded { .. })
        ));
        assert_eq!(certificate("电工", &number, day("2026-11-25"), today), Err(Flaw::CertificateOver));
        assert_eq!(certificate("电工", &Pii::from("1"), day("2028-01-01"), today), Err(Flaw::CertificateNumber));
    }
}
