//! The words of the hire (枚举): each with its code as stored, and its name in both languages.

kernel::kinds! {
    /// Why a place that was confirmed is given up (取消原因). The first three are emergencies: they have no consequence, but where a
    /// hiring party says so itself once the shift has begun.
    CancelReason {
        /// Ill (生病).
        Illness = "ILLNESS": "生病" / "illness",
        /// An accident (意外事故).
        Accident = "ACCIDENT": "意外事故" / "an accident",
        /// The weather does not allow it (恶劣天气).
        Weather = "WEATHER": "恶劣天气" / "the weather",
        /// Something private (个人原因).
        Personal = "PERSONAL": "个人原因" / "a private reason",
        /// Other work was found (已找到其他工作).
        OtherWork = "OTHER_WORK": "已找到其他工作" / "other work was found",
        /// There is no work after all (用工计划变化).
        NoWork = "NO_WORK": "用工计划变化" / "there is no work after all",
        /// Anything else (其他原因).
        Other = "OTHER": "其他原因" / "another reason",
    }
    /// What a late cancellation by the hiring party led to (临时取消的后果).
    Consequence {
        /// It owes the worker an allowance (应付补偿).
        AllowanceOwed = "ALLOWANCE_OWED": "应付零工补偿" / "it owes the worker an allowance",
        /// It lost the fast lane for a while (暂停快速发布通道).
        FastLaneLost = "FAST_LANE_LOST": "暂停快速发布通道" / "it lost the fast lane for a while",
    }
    /// What came of a dispute (异议处理结果).
    DisputeOutcome {
        /// Whoever disputes is right (异议成立).
        Upheld = "UPHELD": "异议成立" / "upheld",
        /// Whoever disputes is right, and what was recorded is put right: a no-show, or what a cancellation owes (异议成立，予以更正).
        Corrected = "CORRECTED": "异议成立，予以更正" / "upheld and put right",
        /// Whoever disputes is not right, or nothing shows it (异议不成立).
        NotUpheld = "NOT_UPHELD": "异议不成立" / "not upheld",
        /// The two sides have agreed (双方协商一致).
        Agreed = "AGREED": "双方协商一致" / "the two sides have agreed",
        /// Whoever disputed it takes it back (提出方撤回).
        Withdrawn = "WITHDRAWN": "提出方撤回" / "taken back",
    }
    /// For what points are given (记分原因).
    PointReason {
        /// Did not come (未到岗).
        NoShow = "NO_SHOW": "未到岗" / "did not come",
        /// Cancelled late, without an emergency (临时取消).
        LateCancel = "LATE_CANCEL": "临时取消" / "cancelled late",
    }
    /// For what something is taken off a wage (扣款原因). Some are lawful; the others can be named, and are refused with the
    /// article that forbids them.
    DeductionReason {
        /// Income tax (个人所得税).
        IncomeTax = "INCOME_TAX": "代扣个人所得税" / "income tax",
        /// The worker's own share of social insurance (社会保险个人部分).
        SocialInsurance = "SOCIAL_INSURANCE": "代扣社会保险个人部分" / "the worker's own share of social insurance",
        /// What a court ordered (法院判决).
        CourtOrder = "COURT_ORDER": "法院判决、裁定的款项" / "what a court ordered",
        /// Damage that the worker did and owes by law or agreement (赔偿损失).
        Damage = "DAMAGE": "本人造成损失的赔偿" / "damage that the worker did",
        /// A fine (罚款).
        Fine = "FINE": "罚款" / "a fine",
        /// Working clothes or tools (工装、工具费).
        Uniform = "UNIFORM": "工装、工具费" / "working clothes or tools",
        /// A deposit (押金).
        Deposit = "DEPOSIT": "押金、保证金" / "a deposit",
        /// A fee for finding the work (介绍费).
        Fee = "FEE": "介绍费、管理费" / "a fee for finding the work",
        /// Anything else (其他).
        Other = "OTHER": "其他" / "anything else",
    }
    /// By which age figures are split (年龄段).
    AgeSplit {
        /// 16 or 17 (未成年工).
        Minor = "MINOR": "16—17岁" / "16 or 17",
        /// From 18 (青壮年).
        Adult = "ADULT": "青壮年" / "adult",
        /// Older (大龄).
        Older = "OLDER": "大龄" / "older",
        /// Past the age of retirement (超龄).
        OverAge = "OVER_AGE": "超龄劳动者" / "over the age of retirement",
    }
    /// A step of quick hire between two moments (快招环节): R8.
    HireStep {
        /// From publication to application (发布到报名).
        PublishedToApplied = "PUBLISHED_TO_APPLIED": "发布到报名" / "published to applied",
        /// From application to contact (报名到联系).
        AppliedToContacted = "APPLIED_TO_CONTACTED": "报名到联系" / "applied to contacted",
        /// From contact to agreement (联系到谈妥).
        ContactedToAgreed = "CONTACTED_TO_AGREED": "联系到谈妥" / "contacted to agreed",
        /// From agreement to confirmation (谈妥到确认).
        AgreedToConfirmed = "AGREED_TO_CONFIRMED": "谈妥到确认" / "agreed to confirmed",
        /// From application to confirmation, all of it (报名到确认).
        AppliedToConfirmed = "APPLIED_TO_CONFIRMED": "报名到确认" / "applied to confirmed",
        /// From confirmation to arrival (确认到到岗).
        ConfirmedToArrived = "CONFIRMED_TO_ARRIVED": "确认到到岗" / "confirmed to arrived",
        /// From arrival to completion (到岗到完工).
        ArrivedToCompleted = "ARRIVED_TO_COMPLETED": "到岗到完工" / "arrived to completed",
        /// From completion to pay (完工到收款).
        CompletedToPaid = "COMPLETED_TO_PAID": "完工到收款" / "completed to paid",
    }
    /// In which form a work record is handed out (履历格式).
    RecordFormat {
        /// To be read by people (PDF).
        Pdf = "PDF": "PDF文件" / "PDF",
        /// To be read by programs (JSON).
        Json = "JSON": "JSON文件" / "JSON",
    }
}

impl CancelReason {
    /// An emergency is nobody's fault: it is written down and excuses (see `Cancelled::is_excused`).
    #[must_use]
    pub const fn is_emergency(self) -> bool {
        matches!(self, Self::Illness | Self::Accident | Self::Weather)
    }
}
