//! The words of hiring parties (枚举): each with its code as stored, and its name in both languages.

use entities::hiring_party;

kernel::kinds! {
    /// Who has others work (用工主体类别). Not everybody who does is an employer unit (用人单位): another door is open against
    /// a household and against whoever leads a gang without a licence.
    PartyKind {
        /// Enterprise (企业).
        Enterprise = "ENTERPRISE": "企业" / "enterprise",
        /// Individual business (个体工商户).
        IndividualBusiness = "INDIVIDUAL_BUSINESS": "个体工商户" / "individual business",
        /// Farmers' co-operative (农民专业合作社).
        Cooperative = "COOPERATIVE": "农民专业合作社" / "farmers' co-operative",
        /// State organ or public institution (机关、事业单位).
        PublicInstitution = "PUBLIC_INSTITUTION": "机关、事业单位" / "state organ or public institution",
        /// Social organisation (社会组织).
        Association = "ASSOCIATION": "社会组织" / "social organisation",
        /// Household (家庭雇主).
        Household = "HOUSEHOLD": "家庭雇主" / "household",
        /// Somebody who leads a gang without a licence (包工带班人员).
        GangLeader = "GANG_LEADER": "包工带班人员（无照）" / "gang leader without a licence",
    }
    /// State of a hiring party (用工主体状态).
    PartyStatus {
        /// Registered, not yet verified (待审核).
        Pending = "PENDING": "待审核" / "waiting to be verified",
        /// Verified (已核验).
        Verified = "VERIFIED": "已核验" / "verified",
        /// Told what is missing (已退回).
        Rejected = "REJECTED": "已退回补正" / "sent back",
        /// May not hire for the time being (已暂停).
        Suspended = "SUSPENDED": "已暂停" / "suspended",
        /// Closed by itself (已注销).
        Closed = "CLOSED": "已注销" / "closed",
    }
    /// A step of a verification (核验事项).
    PartyStep {
        /// The unified social credit code was looked up in the public register (信用代码已查询).
        UsccChecked = "USCC_CHECKED": "在公示系统查询统一社会信用代码" / "looking up the credit code in the public register",
        /// The licence or approval was seen (执照或批准文件已查看).
        LicenceSeen = "LICENCE_SEEN": "查看营业执照或批准设立文件" / "seeing the licence or approval",
        /// Who comes was seen to be who it is (身份已核对).
        IdentitySeen = "IDENTITY_SEEN": "核对本人或经办人身份证件" / "seeing the identity card",
        /// Who comes was seen to be authorised (授权已查看).
        AgentAuthorised = "AGENT_AUTHORISED": "查看经办人授权委托书" / "seeing the agent's authorisation",
        /// The place of work was seen (现场已走访).
        SiteVisited = "SITE_VISITED": "走访用工现场" / "visiting the place of work",
    }
    /// What a step showed (核验结果).
    PartyStepResult {
        /// As it was said (通过).
        Passed = "PASSED": "通过" / "passed",
        /// Not as it was said (不通过).
        Failed = "FAILED": "不通过" / "failed",
    }
    /// What became of a registration that waited (审核决定).
    PartyDecision {
        /// Verified (通过核验).
        Verified = "VERIFIED": "通过核验" / "verified",
        /// Told what is missing (退回补正).
        Rejected = "REJECTED": "退回补正" / "sent back",
        /// Closed before it was decided (自行注销).
        Closed = "CLOSED": "自行注销" / "closed by itself",
    }
    /// State of a sampling check (抽查状态).
    PartyRecheckStatus {
        /// To be done (待抽查).
        Open = "OPEN": "待抽查" / "to be done",
        /// Found in order (抽查合格).
        Passed = "PASSED": "抽查合格" / "found in order",
        /// Found not in order (抽查不合格).
        Failed = "FAILED": "抽查不合格" / "found not in order",
        /// There is nothing to look at any more (已失效).
        Void = "VOID": "已失效" / "void",
    }
    /// State of an authorisation to act for a party (经办授权状态).
    AgentRequestStatus {
        /// Asked for (已申请).
        Asked = "ASKED": "已申请" / "asked for",
        /// Given (已授权).
        Granted = "GRANTED": "已授权" / "given",
        /// Declined (未同意).
        Declined = "DECLINED": "未同意" / "declined",
    }
    /// As what somebody acts for a party (经办身份).
    PartyMemberRole {
        /// Whoever it is itself, or registered it (负责人).
        Owner = "OWNER": "负责人" / "owner",
        /// Whoever was authorised (经办人).
        Agent = "AGENT": "经办人" / "agent",
    }
}

impl PartyKind {
    /// Is it a unit with a unified social credit code?
    #[must_use]
    pub const fn is_unit(self) -> bool {
        !matches!(self, Self::Household | Self::GangLeader)
    }

    /// As the row says; what this version does not know has the fewest rights.
    #[must_use]
    pub fn of(row: &hiring_party::Model) -> Self {
        Self::from_code(&row.kind).unwrap_or(Self::GangLeader)
    }
}

impl PartyStatus {
    /// As the row says; what this version does not know is suspended.
    #[must_use]
    pub fn of(row: &hiring_party::Model) -> Self {
        Self::from_code(&row.status).unwrap_or(Self::Suspended)
    }
}
