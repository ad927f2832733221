//! Trades that whoever is 16 or 17 is kept from (未成年工禁忌工种): 劳动法 art 64 and 未成年工特殊保护规定 (劳部发〔1994〕498号) art 3, which
//! names kinds of labour. Which trades of the list of occupations they are is written here, each with its number in that article.

use kernel::trades::Trades;

/// A trade, and why a minor is kept from it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hazard {
    /// Its code.
    pub(crate) trade: &'static str,
    /// The ground, as the article words it.
    pub(crate) ground: &'static str,
    /// Where it stands.
    pub(crate) article: &'static str,
}

const fn hazard(trade: &'static str, ground: &'static str, article: &'static str) -> Hazard {
    Hazard { trade, ground, article }
}

/// The trades that are named. Those that need a special-operation certificate are added by [`ground`]: nobody under eighteen
/// gets one (特种作业人员安全技术培训考核管理规定 art 4).
pub(crate) const HAZARDS: [Hazard; 11] = [
    hazard("4-02-05-01", "连续负重每小时六次以上且每次超过二十公斤", "未成年工特殊保护规定第三条第十四项"),
    hazard("4-02-06-04", "低温作业", "未成年工特殊保护规定第三条第六项"),
    hazard("5-02-03-01", "守林作业", "未成年工特殊保护规定第三条第九项"),
    hazard("6-29-01-02", "使用凿岩机、风镐等作业", "未成年工特殊保护规定第三条第十五项"),
    hazard("6-29-01-03", "使用捣固机等作业", "未成年工特殊保护规定第三条第十五项"),
    hazard("6-29-01-06", "高处作业", "未成年工特殊保护规定第三条第三项"),
    hazard("6-29-02-03", "使用捣固机、风镐等作业", "未成年工特殊保护规定第三条第十五项"),
    hazard("6-29-02-08", "化学性烧伤和热烧伤等危险性大的作业", "未成年工特殊保护规定第三条第十一项"),
    hazard("6-29-04-02", "高处作业", "未成年工特殊保护规定第三条第三项"),
    hazard("6-30-05-05", "危险性大的作业", "未成年工特殊保护规定第三条第十一项"),
    hazard("4-14-04-02", "有毒作业", "未成年工特殊保护规定第三条第二项"),
];

/// Why a minor is kept from a trade, and where that stands; nothing for one that a minor may do.
pub fn ground(trade: &str) -> Option<(&'static str, &'static str)> {
    if Trades::standard().needs_certificate(trade) {
        return Some(("特种作业须年满十八周岁", "特种作业人员安全技术培训考核管理规定第四条"));
    }
    HAZARDS.iter().find(|hazard| hazard.trade == trade).map(|hazard| (hazard.ground, hazard.article))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_that_is_named_is_in_the_list_of_occupations_and_named_once() {
        for hazard in &HAZARDS {
            assert!(Trades::standard().name(hazard.trade).is_some(), "{}", hazard.trade);
            assert_eq!(HAZARDS.iter().filter(|other| other.trade == hazard.trade).count(), 1, "{}", hazard.trade);
        }
    }

    #[test]
    fn scaffolders_and_carriers_are_no_work_for_minors_and_waiters_are() {
        assert_eq!(
            ground("6-29-01-05").map(|(_, article)| article),
            Some("特种作业人员安全技术培训考核管理规定第四条")
        );
        assert_eq!(ground("4-02-05-01").map(|(_, article)| article), Some("未成年工特殊保护规定第三条第十四项"));
        assert_eq!(ground("4-03-02-05"), None);
    }
}
