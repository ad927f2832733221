//! The words of the directory (枚举): each with its code as stored, and its name in both languages.

use async_graphql::Enum;
use kernel::policy::OperatorClass;
use serde::{Deserialize, Serialize};

kernel::kinds! {
    /// Operating nature (运营性质): exactly the three of annex 2 (晋人社厅发〔2022〕60号).
    OperatingNature {
        /// Public (公共).
        Public = "PUBLIC": "公共" / "public",
        /// Commercial (经营性).
        Commercial = "COMMERCIAL": "经营性" / "commercial",
        /// Formed by itself (自形成).
        Spontaneous = "SPONTANEOUS": "自形成" / "spontaneously formed",
    }
    /// Who runs a market (运营主体), apart from its nature (人社部发〔2023〕65号).
    OperatorKind {
        /// The bureau itself (人社部门直接举办).
        HrssDirect = "HRSS_DIRECT": "人社部门直接举办" / "run by the bureau itself",
        /// A public employment agency with the market's signboard (公共就业服务机构加挂牌子).
        PublicAgencySignboard = "PUBLIC_AGENCY_SIGNBOARD": "公共就业服务机构加挂牌子" / "signboard on a public employment agency",
        /// Entrusted to a social operator by purchase of services (委托运营).
        Entrusted = "ENTRUSTED": "委托社会力量运营" / "entrusted to a social operator",
        /// A licensed human-resources agency (持证人力资源服务机构).
        LicensedAgency = "LICENSED_AGENCY": "持证人力资源服务机构" / "licensed agency",
        /// A volunteer team (志愿服务队).
        VolunteerTeam = "VOLUNTEER_TEAM": "志愿服务队" / "volunteer team",
        /// Nobody (无运营主体): the county looks after it.
        None = "NONE": "无运营主体" / "nobody",
    }
    /// What the shown name rests on (名称依据): 无正规名称的以约定俗成或所在地址名称代称.
    AliasBasis {
        /// An official name (正规名称).
        Official = "OFFICIAL": "正规名称" / "official name",
        /// What people call it (约定俗成).
        Customary = "CUSTOMARY": "约定俗成" / "customary name",
        /// The name of its place (所在地址名称).
        Address = "ADDRESS": "所在地址名称" / "name of its place",
    }
    /// State of a market's entry in the directory (名录状态).
    MarketStatus {
        /// Planned, not yet open (规划中).
        Planned = "PLANNED": "规划中" / "planned",
        /// Registered, not yet published (未发布).
        Draft = "DRAFT": "未发布" / "draft",
        /// In the directory (已列入名录).
        Listed = "LISTED": "已列入名录" / "listed",
        /// For the time being not in the directory (暂停).
        Suspended = "SUSPENDED": "暂停" / "suspended",
        /// Taken off the directory for good (移出名录).
        Delisted = "DELISTED": "已移出名录" / "delisted",
    }
    /// Layout (布局类型) of 人社部发〔2023〕65号.
    MarketLayout {
        /// Comprehensive (综合性).
        Comprehensive = "COMPREHENSIVE": "综合性零工市场" / "comprehensive market",
        /// Of one sector or trade (行业性、专业性).
        Sector = "SECTOR": "行业性、专业性零工市场" / "sector market",
        /// A service station (服务站点).
        ServiceStation = "SERVICE_STATION": "零工服务站点" / "service station",
    }
    /// A part of the year (季节).
    Season {
        /// All the year (全年), or the months that are given.
        AllYear = "ALL_YEAR": "全年" / "all year",
        /// Summer (夏季), May to September unless other months are given.
        Summer = "SUMMER": "夏季" / "summer",
        /// Winter (冬季), October to April unless other months are given.
        Winter = "WINTER": "冬季" / "winter",
    }
    /// A day of the week (星期).
    Weekday {
        /// Monday (周一).
        Monday = "MONDAY": "周一" / "Mon",
        /// Tuesday (周二).
        Tuesday = "TUESDAY": "周二" / "Tue",
        /// Wednesday (周三).
        Wednesday = "WEDNESDAY": "周三" / "Wed",
        /// Thursday (周四).
        Thursday = "THURSDAY": "周四" / "Thu",
        /// Friday (周五).
        Friday = "FRIDAY": "周五" / "Fri",
        /// Saturday (周六).
        Saturday = "SATURDAY": "周六" / "Sat",
        /// Sunday (周日).
        Sunday = "SUNDAY": "周日" / "Sun",
    }
    /// What a functional zone is for (功能分区).
    ZoneKind {
        /// Waiting (候工区).
        Waiting = "WAITING": "候工区" / "waiting",
        /// Talks (洽谈区).
        Talks = "TALKS": "对接洽谈区" / "talks",
        /// Policy counter (政策咨询区).
        PolicyCounter = "POLICY_COUNTER": "政策咨询窗口" / "policy counter",
        /// Training (培训区).
        Training = "TRAINING": "技能培训区" / "training",
        /// Rights (维权服务区).
        Rights = "RIGHTS": "权益保障区" / "rights",
        /// Rest (休息区).
        Rest = "REST": "休息区" / "rest",
        /// Vehicles (车辆停靠区).
        Vehicle = "VEHICLE": "车辆停靠区" / "vehicles",
    }
    /// What a facility is (便民设施; 人社部发〔2022〕38号 六, 人社部发〔2023〕65号).
    FacilityKind {
        /// Sanitation (卫生设施).
        Sanitation = "SANITATION": "卫生设施" / "sanitation",
        /// Desks and chairs (写字桌椅).
        Desks = "DESKS": "写字桌椅" / "desks and chairs",
        /// Epidemic prevention (防疫设施).
        EpidemicPrevention = "EPIDEMIC_PREVENTION": "防疫设施" / "epidemic prevention",
        /// Tools lent (工具借用).
        ToolLending = "TOOL_LENDING": "工具借用" / "tool lending",
        /// Tools kept (工具存放).
        ToolStorage = "TOOL_STORAGE": "工具存放" / "tool storage",
        /// Rest area (休息场所).
        RestArea = "REST_AREA": "休息场所" / "rest area",
        /// Cheap meals (平价餐饮).
        CheapMeals = "CHEAP_MEALS": "平价餐饮" / "cheap meals",
        /// Cheap lodging (平价住宿).
        CheapLodging = "CHEAP_LODGING": "平价住宿" / "cheap lodging",
        /// Shuttle (接送班车).
        Shuttle = "SHUTTLE": "接送班车" / "shuttle",
        /// Drinking water (饮水).
        Water = "WATER": "饮水" / "drinking water",
        /// Heating (取暖).
        Heating = "HEATING": "取暖" / "heating",
        /// Toilet (卫生间).
        Toilet = "TOILET": "卫生间" / "toilet",
        /// Power (充电).
        Power = "POWER": "充电" / "power",
        /// Other (其他).
        Other = "OTHER": "其他" / "other",
    }
    /// State of a facility (设施状态).
    FacilityState {
        /// Works (正常).
        Working = "WORKING": "正常" / "working",
        /// To be repaired (待维修).
        NeedsRepair = "NEEDS_REPAIR": "待维修" / "needs repair",
        /// Out of service (停用).
        OutOfService = "OUT_OF_SERVICE": "停用" / "out of service",
    }
    /// An item of the safety checklist (安全检查项目; 晋人社厅发〔2022〕60号 二).
    CheckItem {
        /// Ways of evacuation (安全疏散通道).
        EvacuationRoute = "EVACUATION_ROUTE": "安全疏散通道" / "evacuation routes",
        /// Fire equipment (消防设备).
        FireEquipment = "FIRE_EQUIPMENT": "消防设备" / "fire equipment",
        /// Security equipment (安防设备).
        SecurityEquipment = "SECURITY_EQUIPMENT": "安防设备" / "security equipment",
        /// Electrical safety (用电安全).
        Electrical = "ELECTRICAL": "用电安全" / "electrical safety",
        /// Sanitation (卫生防疫).
        Sanitation = "SANITATION": "卫生防疫" / "sanitation",
        /// Structure of the building (房屋结构).
        Structure = "STRUCTURE": "房屋结构" / "building structure",
    }
    /// Result of a check (检查结果).
    CheckResult {
        /// Passed (合格).
        Passed = "PASSED": "合格" / "passed",
        /// Failed (不合格).
        Failed = "FAILED": "不合格" / "failed",
    }
    /// How far a map annotation is (标注进度).
    AnnotationStatus {
        /// To do (待提交).
        Todo = "TODO": "待提交" / "to do",
        /// Submitted (已提交).
        Submitted = "SUBMITTED": "已提交" / "submitted",
        /// Approved (已通过).
        Approved = "APPROVED": "已通过" / "approved",
        /// Rejected (被退回).
        Rejected = "REJECTED": "被退回" / "rejected",
    }
    /// How a site is built, or a place that formed by itself made fit (建设方式; 人社部发〔2022〕38号 六).
    ConstructionMode {
        /// New (新建).
        NewBuild = "NEW_BUILD": "新建" / "new building",
        /// Converted (改造).
        Conversion = "CONVERSION": "改造" / "conversion",
        /// An idle building put to use (利用闲置房屋).
        IdleBuilding = "IDLE_BUILDING": "利用闲置房屋" / "idle building put to use",
        /// Facilities added to a place that formed by itself (增设便民设施).
        Facilities = "FACILITIES": "增设便民设施" / "facilities added",
        /// A place marked on the road (施划标线).
        RoadMarking = "ROAD_MARKING": "施划标线" / "place marked on the road",
    }
    /// How far a milestone is (里程碑状态).
    MilestoneStatus {
        /// Planned (计划中).
        Planned = "PLANNED": "计划中" / "planned",
        /// Done (已完成).
        Done = "DONE": "已完成" / "done",
        /// Late (已逾期).
        Late = "LATE": "已逾期" / "late",
    }
    /// How full a market is (拥挤程度; 人社部发〔2022〕38号 六 有序开展对接洽谈).
    CrowdLevel {
        /// There is room (正常).
        Normal = "NORMAL": "正常" / "normal",
        /// Many people (拥挤).
        Busy = "BUSY": "拥挤" / "busy",
        /// No room (已满).
        Full = "FULL": "已满" / "full",
    }
    /// How a figure came about (数据来源).
    FigureMethod {
        /// Declared by the market (填报).
        Declared = "DECLARED": "市场填报" / "declared by the market",
        /// Counted (计数).
        Counted = "COUNTED": "现场计数" / "counted on the spot",
        /// Estimated (估算).
        Estimated = "ESTIMATED": "估算" / "estimated",
        /// Set by hand over a computed one, with a reason (人工修正).
        Override = "OVERRIDE": "人工修正" / "set by hand, with a reason",
        /// Computed from samples (抽样计算).
        Computed = "COMPUTED": "按抽样计算" / "computed from samples",
    }
    /// A part of the day at which people are counted (抽样时段).
    SampleSession {
        /// Before the halls open (清晨).
        Early = "EARLY": "清晨" / "early",
        /// Morning (上午).
        Morning = "MORNING": "上午" / "morning",
        /// Afternoon (下午).
        Afternoon = "AFTERNOON": "下午" / "afternoon",
        /// Evening (晚间).
        Evening = "EVENING": "晚间" / "evening",
    }
    /// A service of a market (服务项目; 晋人社厅发〔2022〕60号 二 综合性).
    ServiceKind {
        /// Policy advice (政策咨询).
        PolicyAdvice = "POLICY_ADVICE": "政策咨询" / "policy advice",
        /// Social insurance (社保经办).
        SocialInsurance = "SOCIAL_INSURANCE": "灵活就业人员社保经办" / "social insurance",
        /// Skills training (技能培训).
        SkillsTraining = "SKILLS_TRAINING": "技能培训" / "skills training",
        /// Entrepreneurship (创业服务).
        Entrepreneurship = "ENTREPRENEURSHIP": "创业服务" / "entrepreneurship",
        /// Protection of rights (权益维护).
        RightsProtection = "RIGHTS_PROTECTION": "权益维护" / "protection of rights",
    }
    /// How an import is applied (导入方式).
    ImportMode {
        /// All rows or none (全部导入).
        AllOrNothing = "ALL_OR_NOTHING": "全部导入" / "all or nothing",
        /// The good rows, the bad ones stay behind (仅导入合格行).
        GoodRowsOnly = "GOOD_ROWS_ONLY": "仅导入合格行" / "good rows only",
    }
    /// How far an import is (导入状态).
    ImportStatus {
        /// The file is being read (读取中).
        Reading = "READING": "读取中" / "reading",
        /// Read and checked; nothing is changed yet (已预检).
        Checked = "CHECKED": "已预检" / "checked",
        /// Being applied (导入中).
        Applying = "APPLYING": "导入中" / "applying",
        /// Applied (已导入).
        Applied = "APPLIED": "已导入" / "applied",
        /// Cancelled; nothing was changed (已取消).
        Cancelled = "CANCELLED": "已取消" / "cancelled",
        /// The file could not be read (读取失败).
        Failed = "FAILED": "读取失败" / "failed",
    }
    /// What applying a row does (导入动作).
    ImportAction {
        /// A new market (新增).
        Create = "CREATE": "新增" / "create",
        /// A change of a market (更新).
        Update = "UPDATE": "更新" / "update",
        /// The market is already so (无变化).
        Unchanged = "UNCHANGED": "无变化" / "unchanged",
        /// Nothing, because the row is bad (跳过).
        Skip = "SKIP": "跳过" / "skip",
    }
}

impl OperatorKind {
    /// The policy template that holds (运营类别).
    #[must_use]
    pub const fn class(self) -> OperatorClass {
        match self {
            Self::HrssDirect | Self::PublicAgencySignboard | Self::Entrusted => OperatorClass::Public,
            Self::LicensedAgency => OperatorClass::Commercial,
            Self::VolunteerTeam => OperatorClass::Volunteer,
            Self::None => OperatorClass::Unattended,
        }
    }
}

/// The format of a file (文件格式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExportFormat {
    /// A workbook (Excel 工作簿).
    Xlsx,
    /// Comma-separated text (CSV 文本), UTF-8 with a mark that Excel and WPS understand.
    Csv,
    /// A printed page (PDF 打印页).
    Pdf,
}
