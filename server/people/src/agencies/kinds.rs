//! The words of agencies (枚举): each with its code as stored, and its name in both languages.

use async_graphql::Enum;
use kernel::Text;
use serde::{Deserialize, Serialize};

kernel::kinds! {
    /// What an agency is licensed for, or has filed (业务范围; 人力资源市场暂行条例 第十八条).
    LicenceScope {
        /// Introducing workers, for which a licence is needed (职业中介活动).
        JobIntermediation = "JOB_INTERMEDIATION": "职业中介活动" / "job intermediation",
        /// The same on the network (网络招聘服务).
        OnlineRecruitment = "ONLINE_RECRUITMENT": "网络招聘服务" / "online recruitment",
        /// Job fairs (现场招聘会).
        JobFairs = "JOB_FAIRS": "现场招聘会" / "job fairs",
        /// Looking for people (人才寻访).
        ExecutiveSearch = "EXECUTIVE_SEARCH": "人才寻访" / "executive search",
        /// Collecting and publishing supply and demand (人力资源供求信息), filed.
        Information = "INFORMATION": "人力资源供求信息的收集和发布" / "information on supply and demand",
        /// Guidance of workers and founders (就业和创业指导), filed.
        Guidance = "GUIDANCE": "就业和创业指导" / "guidance of workers and founders",
        /// Consulting (人力资源管理咨询), filed.
        Consulting = "CONSULTING": "人力资源管理咨询" / "consulting",
        /// Testing (人力资源测评), filed.
        Assessment = "ASSESSMENT": "人力资源测评" / "assessment",
        /// Training (人力资源培训), filed.
        Training = "TRAINING": "人力资源培训" / "training",
        /// Outsourcing (人力资源服务外包), filed.
        Outsourcing = "OUTSOURCING": "承接人力资源服务外包" / "outsourcing",
    }
    /// What was decided about a licence (许可证处理状态); that it ran out is told by the day.
    LicenceStatus {
        /// Nothing speaks against it (正常).
        Valid = "VALID": "正常" / "valid",
        /// Suspended (暂停).
        Suspended = "SUSPENDED": "暂停" / "suspended",
        /// Revoked (吊销).
        Revoked = "REVOKED": "吊销" / "revoked",
    }
    /// What an item of the law says must hang in the hall (公示项; 人力资源市场暂行条例 第三十二条).
    DisplayedKind {
        /// The business licence (营业执照).
        BusinessLicence = "BUSINESS_LICENCE": "营业执照" / "business licence",
        /// The services (服务项目).
        Services = "SERVICES": "服务项目" / "services",
        /// The price list (收费标准).
        PriceList = "PRICE_LIST": "收费标准" / "price list",
        /// The licence (人力资源服务许可证).
        Licence = "LICENCE": "人力资源服务许可证" / "licence",
        /// The supervising body and its telephone (监督机关和监督电话).
        Supervisor = "SUPERVISOR": "监督机关和监督电话" / "supervising body and its telephone",
    }
    /// Who pays for a service (付费方).
    FeePayer {
        /// Whoever hires (用工主体).
        HiringParty = "HIRING_PARTY": "用工主体" / "hiring party",
        /// The worker (求职人员): refused.
        Worker = "WORKER": "求职人员" / "worker",
    }
    /// Why an agency was inspected (检查类型).
    InspectionKind {
        /// As is usual (日常检查).
        Routine = "ROUTINE": "日常检查" / "routine",
        /// Drawn by lot, agency and inspectors (双随机抽查).
        Random = "RANDOM": "双随机抽查" / "drawn by lot",
        /// A campaign (专项检查).
        Special = "SPECIAL": "专项检查" / "campaign",
        /// After a complaint or a report (投诉举报核查).
        Complaint = "COMPLAINT": "投诉举报核查" / "after a complaint",
    }
    /// What an inspection came to (检查结果).
    InspectionResult {
        /// Nothing found (合规).
        Compliant = "COMPLIANT": "合规" / "compliant",
        /// To be put right (责令改正).
        Rectify = "RECTIFY": "责令改正" / "to be put right",
        /// A case was opened (立案处罚).
        Penalty = "PENALTY": "立案处罚" / "a case was opened",
    }
    /// A service in the ledger (服务类型).
    AgencyServiceKind {
        /// A worker was introduced (职业介绍).
        Introduction = "INTRODUCTION": "职业介绍" / "introduction",
        /// Recruiting on behalf of a hiring party (代理招聘).
        Recruitment = "RECRUITMENT": "代理招聘" / "recruiting on behalf",
        /// A job fair (招聘会).
        JobFair = "JOB_FAIR": "招聘会" / "job fair",
        /// Information published on the network (网络招聘).
        Online = "ONLINE": "网络招聘" / "online recruitment",
        /// Anything else (其他).
        Other = "OTHER": "其他" / "other",
    }
    /// What happened to an agency (机构沿革类型).
    AgencyEventKind {
        /// Registered (登记).
        Registered = "REGISTERED": "登记" / "registered",
        /// Amended (变更).
        Amended = "AMENDED": "变更登记" / "amended",
        /// Its licence was verified (核验).
        Verified = "VERIFIED": "核验许可证" / "licence verified",
        /// Its licence was suspended (暂停).
        Suspended = "SUSPENDED": "暂停许可证" / "licence suspended",
        /// A suspension or a revocation was lifted (恢复).
        Lifted = "LIFTED": "恢复许可证" / "suspension or revocation lifted",
        /// Its licence was revoked (吊销).
        Revoked = "REVOKED": "吊销许可证" / "licence revoked",
        /// Its licence ran out (到期).
        Expired = "EXPIRED": "许可证到期" / "licence ran out",
        /// Another store said what it is (同步).
        Received = "RECEIVED": "接收省级同步" / "heard of from elsewhere",
        /// Another city had registered it before (归并).
        Superseded = "SUPERSEDED": "归并至先登记的市" / "gave way to the city that registered it first",
        /// What another store decided did not take effect (维持).
        Upheld = "UPHELD": "维持省级处理" / "the province's decision stood",
        /// A branch was saved (分支机构).
        BranchSaved = "BRANCH_SAVED": "登记分支机构" / "branch saved",
        /// A price list was published (收费标准).
        PricesPublished = "PRICES_PUBLISHED": "公布收费标准" / "price list published",
        /// A displayed item was looked at (公示).
        Displayed = "DISPLAYED": "核对公示内容" / "displayed item looked at",
        /// Inspected (检查).
        Inspected = "INSPECTED": "监督检查" / "inspected",
        /// An inspection was followed up (复查).
        FollowedUp = "FOLLOWED_UP": "复查" / "followed up",
        /// The annual report came in (年度报告).
        Reported = "REPORTED": "提交年度报告" / "annual report handed in",
    }
    /// What a city sets about agencies (机构监管参数).
    AgencyParameterCode {
        /// The last day for the annual report of the year before, as month and day, `331` (年度报告截止日).
        AnnualReportBy = "ANNUAL_REPORT_BY": "年度报告截止日（月日）" / "last day for the annual report (month and day)",
        /// Days in which a branch is reported (分支机构报告期限).
        BranchReportDays = "BRANCH_REPORT_DAYS": "分支机构书面报告期限（日）" / "days in which a branch is reported",
        /// Years for which ledger and receipts are kept (服务台账和收费凭证保存年限).
        LedgerYears = "LEDGER_YEARS": "服务台账和收费凭证保存年限（年）" / "years for which ledger and receipts are kept",
        /// Years for which records of online services are kept (网络服务记录保存年限).
        OnlineLedgerYears = "ONLINE_LEDGER_YEARS": "网络招聘服务记录保存年限（年）" / "years for which records of online services are kept",
    }
}

/// How a licence stands today (许可证状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum, Serialize, Deserialize)]
#[graphql(name = "LicenceState")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LicenceStanding {
    /// Verified, in its time, and nothing speaks against it (有效).
    Valid,
    /// It ran out (已到期).
    Expired,
    /// Suspended (已暂停).
    Suspended,
    /// Revoked (已吊销).
    Revoked,
    /// Nobody has held it against its original (未核验).
    Unverified,
}

impl LicenceStanding {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Valid, Self::Expired, Self::Suspended, Self::Revoked, Self::Unverified];

    /// Its name for people.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Valid => Text::new("有效", "valid"),
            Self::Expired => Text::new("已到期", "expired"),
            Self::Suspended => Text::new("已暂停", "suspended"),
            Self::Revoked => Text::new("已吊销", "revoked"),
            Self::Unverified => Text::new("未核验", "unverified"),
        }
    }
}
