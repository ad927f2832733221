//! The words of hiring (枚举): each with its code as stored, and its name in both languages.

kernel::kinds! {
    /// What a posting is for (信息类别): R48, 人社部发〔2022〕38号 七.
    PostingKind {
        /// An odd job (零工).
        OddJob = "ODD_JOB": "零工" / "odd job",
        /// An internship (见习).
        Internship = "INTERNSHIP": "见习" / "internship",
    }
    /// How the bureau came to know of it (信息来源): R4, 人社部发〔2022〕38号 一.
    PostingSource {
        /// At a counter (窗口登记).
        Counter = "COUNTER": "窗口登记" / "counter",
        /// Online, by the hiring party itself (网上发布).
        Online = "ONLINE": "网上发布" / "online",
        /// On a visit to the hiring party (走访采集).
        EmployerVisit = "EMPLOYER_VISIT": "走访采集" / "employer visit",
        /// From an agency (机构推送).
        AgencyFeed = "AGENCY_FEED": "机构推送" / "agency feed",
    }
    /// Engagement type (用工类型): R5, 人社部发〔2022〕38号 一.
    EngagementType {
        /// Part-time, paid by the hour (非全日制用工): 劳动合同法 arts 68–72.
        PartTime = "PART_TIME": "非全日制用工" / "part-time",
        /// Temporary: once, paid when done (临时性用工).
        Temporary = "TEMPORARY": "临时性用工" / "temporary",
        /// For a phase of a work (阶段性用工).
        Phased = "PHASED": "阶段性用工" / "phased",
    }
    /// What the wage is for (计薪单位).
    WageUnit {
        /// An hour (小时).
        Hour = "HOUR": "元/小时" / "yuan an hour",
        /// A day (天).
        Day = "DAY": "元/天" / "yuan a day",
        /// A piece (件).
        Piece = "PIECE": "元/件" / "yuan a piece",
        /// The whole job (次).
        Job = "JOB": "元/次" / "yuan for the job",
        /// A month (月).
        Month = "MONTH": "元/月" / "yuan a month",
    }
    /// When the wage is paid (结算方式): M§2.8.
    PayDay {
        /// When the work is done (完工即付).
        OnCompletion = "ON_COMPLETION": "完工即付" / "when the work is done",
        /// Each day (日结).
        Daily = "DAILY": "日结" / "daily",
        /// Each week (周结).
        Weekly = "WEEKLY": "周结" / "weekly",
        /// Each half month (半月结).
        HalfMonthly = "HALF_MONTHLY": "半月结" / "half-monthly",
        /// Each month (月结).
        Monthly = "MONTHLY": "月结" / "monthly",
    }
    /// Who bears an accident (意外保障).
    AccidentCover {
        /// Work-injury insurance of the employer (工伤保险).
        WorkInjury = "WORK_INJURY": "用人单位参加工伤保险" / "work-injury insurance of the employer",
        /// A commercial accident insurance (商业意外险).
        Commercial = "COMMERCIAL": "商业意外险" / "commercial accident insurance",
        /// None: said openly (无).
        None = "NONE": "无（请谨慎选择）" / "none: choose with care",
    }
    /// State of a posting (招聘信息状态).
    PostingStatus {
        /// Being written (草稿).
        Draft = "DRAFT": "草稿" / "draft",
        /// Waits for review (待审核).
        InReview = "IN_REVIEW": "待审核" / "in review",
        /// Given back with all that is wrong (退回修改).
        Returned = "RETURNED": "退回修改" / "returned",
        /// Published (已发布).
        Published = "PUBLISHED": "已发布" / "published",
        /// All places are taken (已招满).
        Filled = "FILLED": "已招满" / "filled",
        /// Closed by the hiring party (已结束).
        Closed = "CLOSED": "已结束" / "closed",
        /// Its time is over (已过期).
        Expired = "EXPIRED": "已过期" / "expired",
        /// Taken back (已撤回).
        Withdrawn = "WITHDRAWN": "已撤回" / "withdrawn",
        /// Taken down by the bureau (已下架).
        TakenDown = "TAKEN_DOWN": "已下架" / "taken down",
    }
    /// State of an engagement (用工对接状态): R8, 人社部发〔2022〕38号 二.
    EngagementStatus {
        /// Applied (已报名).
        Applied = "APPLIED": "已报名" / "applied",
        /// On the stand-by list (候补).
        Standby = "STANDBY": "候补" / "stand-by",
        /// Talking (已联系).
        Contacted = "CONTACTED": "已联系" / "contacted",
        /// Agreed by word (已谈妥).
        Agreed = "AGREED": "已谈妥" / "agreed",
        /// Confirmed: the place is the worker's (已确认).
        Confirmed = "CONFIRMED": "已确认" / "confirmed",
        /// Arrived (已到岗).
        Arrived = "ARRIVED": "已到岗" / "arrived",
        /// The work is done (已完工).
        Completed = "COMPLETED": "已完工" / "completed",
        /// The worker has the money and says so (已收款).
        Paid = "PAID": "已收款" / "paid",
        /// Not taken by the hiring party (未录用).
        Declined = "DECLINED": "未录用" / "declined",
        /// Cancelled by the worker (零工取消).
        CancelledByWorker = "CANCELLED_BY_WORKER": "零工取消" / "cancelled by the worker",
        /// Cancelled by the hiring party (用工方取消).
        CancelledByParty = "CANCELLED_BY_PARTY": "用工方取消" / "cancelled by the hiring party",
        /// Did not come (未到岗).
        NoShow = "NO_SHOW": "未到岗" / "no-show",
        /// The posting went away before anything was confirmed (已失效).
        Lapsed = "LAPSED": "已失效" / "lapsed",
    }
    /// Where postings are shown (发布渠道): R6, R7.
    ChannelKind {
        /// The screen in the hall (大厅大屏).
        HallScreen = "HALL_SCREEN": "大厅大屏" / "hall screen",
        /// The public pages (网上大厅).
        Web = "WEB": "网上大厅" / "web",
        /// A feed for whoever passes postings on (开放数据).
        Feed = "FEED": "开放数据" / "feed",
        /// A list to print (打印清单).
        Printed = "PRINTED": "打印清单" / "printed list",
        /// A text for WeChat (微信文稿).
        Wechat = "WECHAT": "微信文稿" / "WeChat text",
        /// A file for a partner site (合作网站文件).
        Partner = "PARTNER": "合作网站文件" / "partner site file",
        /// The province (省级归集).
        Province = "PROVINCE": "省级归集" / "province",
    }
    /// State of a delivery to a channel (渠道投递状态).
    DeliveryStatus {
        /// Waits (待投递).
        Queued = "QUEUED": "待投递" / "queued",
        /// Shown there (已发布).
        Sent = "SENT": "已发布" / "sent",
        /// The channel did not take it; it is tried again (投递失败).
        Failed = "FAILED": "投递失败，将重试" / "failed, tried again",
        /// It is to go away and has not yet (待撤下).
        Withdrawing = "WITHDRAWING": "待撤下" / "to be withdrawn",
        /// Gone, and seen to be gone (已撤下).
        Withdrawn = "WITHDRAWN": "已撤下" / "withdrawn",
    }
    /// How a wage was paid (支付方式): money only (工资支付暂行规定 art 5).
    PayMethod {
        /// Cash (现金).
        Cash = "CASH": "现金" / "cash",
        /// Bank transfer (银行转账).
        Bank = "BANK": "银行转账" / "bank transfer",
        /// Mobile payment (移动支付).
        Mobile = "MOBILE": "移动支付" / "mobile payment",
    }
    /// Which side (哪一方).
    Side {
        /// The worker (零工人员).
        Worker = "WORKER": "零工人员" / "worker",
        /// The hiring party (用工主体).
        Party = "PARTY": "用工主体" / "hiring party",
        /// The market's staff (市场工作人员).
        Staff = "STAFF": "市场工作人员" / "staff",
    }
    /// What a reviewer decides (审核结论).
    ReviewDecision {
        /// It is published, or stays so (通过).
        Publish = "PUBLISH": "通过" / "publish",
        /// It is given back with all that is wrong (退回).
        Return = "RETURN": "退回" / "return",
    }
    /// When it is reviewed (审核时点).
    ReviewStage {
        /// Before anybody sees it (发布前审核).
        Before = "BEFORE": "发布前审核" / "before publishing",
        /// After it went out through the fast lane (发布后复核).
        After = "AFTER": "发布后复核" / "after publishing",
    }
    /// How serious a finding of the linter is (检查结果的严重程度).
    FindingSeverity {
        /// It may not be published so (不得发布).
        Blocks = "BLOCKS": "不得发布" / "blocks",
        /// A reviewer looks at it (提请审核).
        Warns = "WARNS": "提请审核" / "warns",
        /// A figure is unset, and nothing can be said (无法核对).
        CannotCheck = "CANNOT_CHECK": "未设置标准，无法核对" / "cannot be checked",
    }
    /// How far an import of postings is (招聘信息导入状态).
    PostingImportStatus {
        /// Read and checked (已预检).
        Checked = "CHECKED": "已预检" / "checked",
        /// At work (导入中).
        Applying = "APPLYING": "导入中" / "at work",
        /// Done (已导入).
        Applied = "APPLIED": "已导入" / "applied",
    }
    /// What becomes of a row of an import (导入行状态).
    ImportRowStatus {
        /// It can be taken in (合格).
        Good = "GOOD": "合格" / "good",
        /// It cannot (不合格).
        Bad = "BAD": "不合格" / "bad",
        /// It is a posting now (已导入).
        Applied = "APPLIED": "已导入" / "applied",
    }
}
