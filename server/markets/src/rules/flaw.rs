//! What can be wrong with a market as filled in (填报问题): one list, which registering and amending both refuse with.

/// Makes a refusal of all flaws of a filled-in market and the operation's own reasons.
macro_rules! refusals_of_a_market {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $object, $codes {
                $($own)*
                /// Neither name nor alias.
                NameMissing @ "officialName":
                    "请填写正规名称；没有正规名称的，请填写约定俗成或所在地址的代称。" /
                    "Enter the official name, or an alias: what people call it or the name of its place.",
                /// The name is said to be official, and there is none.
                OfficialNameMissing @ "officialName":
                    "名称依据为“正规名称”，请填写正规名称。" /
                    "The name is said to be official: enter the official name.",
                /// An official name, and said to be something else.
                AliasBasisContradicts @ "aliasBasis":
                    "已填写正规名称，名称依据应为“正规名称”。" /
                    "There is an official name, so the name must rest on it.",
                /// A name longer than the directory keeps.
                NameTooLong { limit: usize } @ "officialName":
                    "名称超过 {limit} 个字，请缩短。" / "The name has more than {limit} characters; shorten it.",
                /// The nature and the operator do not go together.
                OperatorMismatch { nature_zh: String, nature_en: String, allowed_zh: String, allowed_en: String } @ "operatorKind":
                    "运营性质为“{nature_zh}”的市场，运营主体只能是：{allowed_zh}。" /
                    "A market of nature “{nature_en}” can only be run by: {allowed_en}.",
                /// An operator without a name.
                OperatorNameMissing @ "operatorName":
                    "请填写运营机构（或志愿服务队）名称。" / "Enter the name of the operator or the volunteer team.",
                /// A last day without a number, or a number that is too long.
                LicenceNo { limit: usize } @ "licenceNo":
                    "请按许可证填写人力资源服务许可证编号，不超过 {limit} 个字。" /
                    "Enter the number of the licence as printed on it, in at most {limit} characters.",
                /// Nobody there to bear the promise.
                PublicInterestWithoutOperator @ "publicInterest":
                    "没有运营主体的市场不能标记为公益性：公益性以有主体承诺免费服务为前提。" /
                    "A market without an operator cannot be flagged as public interest: somebody must promise the free service.",
                /// Public agencies charge nothing (人力资源市场暂行条例 第十五条).
                PublicInterestRequired @ "publicInterest":
                    "公共就业服务机构举办的市场不得收费（人力资源市场暂行条例第十五条），应标记为公益性。" /
                    "A market of a public agency is free of charge (Interim Regulations on the Human Resources Market, art 15): flag it as public interest.",
                /// No such division.
                UnknownDivision { code: String } @ "address.division":
                    "没有区划代码“{code}”，请从列表中选择县区或乡镇街道。" /
                    "There is no division with code “{code}”; choose a county or township from the list.",
                /// A retired division with one successor.
                RetiredDivision { code: String, name: String, successor: String, successor_name: String } @ "address.division":
                    "区划代码 {code}（{name}）已撤销，现为 {successor}（{successor_name}），请改用新代码。" /
                    "Division {code} ({name}) is retired; use its successor {successor} ({successor_name}).",
                /// A retired division that was split or redrawn.
                RetiredDivisionSplit { code: String, name: String } @ "address.division":
                    "区划代码 {code}（{name}）已撤销并重新划分，请从列表中选择现在的县区。" /
                    "Division {code} ({name}) is retired and was redrawn; choose the present county from the list.",
                /// A division of another city.
                DivisionNotInCity { name: String, city: String } @ "address.division":
                    "“{name}”不在{city}，本市名录只登记本市的市场。" /
                    "“{name}” is not in {city}; this directory holds markets of this city only.",
                /// A city or province.
                DivisionTooCoarse { name: String } @ "address.division":
                    "“{name}”范围过大，请选择到县区或乡镇街道。" / "“{name}” is too coarse; choose a county or township.",
                /// A statistical zone.
                StatisticalZone { name: String } @ "address.division":
                    "“{name}”是统计用区，不是行政区划，请选择市场所在的县区。" /
                    "“{name}” exists for statistics only; choose the county in which the market lies.",
                /// No address.
                AddressMissing @ "address.text":
                    "请填写详细地址：街道门牌或显著地标。" / "Enter the address: street and number, or a landmark.",
                /// An address longer than the directory keeps.
                AddressTooLong { limit: usize } @ "address.text":
                    "地址超过 {limit} 个字，请缩短。" / "The address has more than {limit} characters; shorten it.",
                /// A village without a name, or with one that is too long.
                VillageName { limit: usize } @ "address.village":
                    "请填写村（社区）名称，不超过 {limit} 个字。" / "Name the village, in at most {limit} characters.",
                /// A village's code that is none, or of another township.
                VillageCode @ "address.villageCode":
                    "村（社区）代码应为 12 位数字，且前 9 位与所选乡镇街道一致；不清楚的可不填。" /
                    "The code of a village has 12 digits and begins with its township's nine; leave it out if it is not known.",
                /// Coordinates without their reference system.
                PointWithoutSystem @ "address.point.crs":
                    "坐标必须注明坐标系（WGS84、CGCS2000、GCJ02 或 BD09）：不同坐标系相差可达一公里以上。" /
                    "Name the reference system of the coordinates (WGS84, CGCS2000, GCJ02 or BD09): they differ by up to a kilometre.",
                /// Not degrees.
                PointNotDegrees @ "address.point":
                    "坐标应以度为单位（纬度约 34—41，经度约 110—115）；投影平面坐标（米）请先换算。" /
                    "Coordinates are degrees (latitude about 34–41, longitude about 110–115); convert projected metres first.",
                /// Latitude and longitude swapped.
                PointSwapped @ "address.point":
                    "经度和纬度填反了：纬度约 34—41，经度约 110—115。" /
                    "Latitude and longitude are swapped: latitude is about 34–41, longitude about 110–115.",
                /// Outside the province.
                PointOutsideProvince { system: String } @ "address.point":
                    "按 {system} 坐标系，该点在本省省界以外 5 公里以上，请核对坐标和坐标系。" /
                    "Read as {system} the point lies more than 5 km outside the province; check the coordinates and their system.",
                /// Not a time of day.
                HoursTime { row: usize, text: String } @ "hours":
                    "运行时间第 {row} 行的“{text}”不是时刻，请按 04:30 的格式填写；次日结束写作 +02:00。" /
                    "Hours, row {row}: “{text}” is not a time; write 04:30, and +02:00 for the next day.",
                /// Closing before opening.
                HoursReversed { row: usize } @ "hours":
                    "运行时间第 {row} 行的结束不晚于开始，或超过 24 小时；次日结束写作 +02:00。" /
                    "Hours, row {row}: it closes before it opens, or lasts over 24 hours; write +02:00 for the next day.",
                /// Months that are none.
                HoursMonths { row: usize } @ "hours":
                    "运行时间第 {row} 行的起止月份应同时填写，取值 1—12。" /
                    "Hours, row {row}: give both months, from 1 to 12.",
                /// No day of the week.
                HoursNoWeekday { row: usize } @ "hours":
                    "运行时间第 {row} 行没有选择星期。" / "Hours, row {row}: choose at least one day of the week.",
                /// Two spans share a time.
                HoursOverlap { first: usize, second: usize } @ "hours":
                    "运行时间第 {first} 行与第 {second} 行重叠，请合并或分开。" /
                    "Hours: rows {first} and {second} overlap; join or separate them.",
                /// More than a form has.
                TooMuch { at: String, field_zh: String, field_en: String, limit: usize } @ [at]:
                    "“{field_zh}”最多填写 {limit} 项。" / "At most {limit} {field_en}.",
                /// Not in the catalogue.
                TradeUnknown { name: String } @ "trades":
                    "职业目录中没有“{name}”，请从列表中选择，或换一个常用叫法（如瓦工、水电工、保洁）。" /
                    "“{name}” is not in the catalogue; choose from the list, or try another usual name.",
                /// A contact without a label.
                ContactLabel { row: usize } @ "contacts":
                    "联系方式第 {row} 行请填写名称（如“服务大厅”），不超过 50 个字。" /
                    "Contacts, row {row}: say whose number it is, in at most 50 characters.",
                /// Not a telephone number.
                ContactPhone { row: usize } @ "contacts":
                    "联系方式第 {row} 行的号码无效：请填写 11 位手机号、带区号的固定电话（0351-5278313）、400 电话或 12345 等短号。" /
                    "Contacts, row {row}: not a telephone number; give a mobile, a fixed line with area code (0351-5278313), a 400 or a short number.",
                /// The upper end is below the lower one.
                ScaleReversed @ "seekerScale":
                    "求职人员规模应为 0—500000，且上限不小于下限。" / "Seekers: from 0 to 500,000, and the upper end not below the lower.",
                /// The upper end is below the lower one.
                SuccessReversed @ "dailySuccesses":
                    "日均招聘成功人数应为 0—500000，且上限不小于下限。" / "Daily successes: from 0 to 500,000, and the upper end not below the lower.",
                /// An override without a reason.
                ScaleReason @ "seekerScale.overrideReason":
                    "人工修正求职人员规模须说明理由。" / "Say why the number of seekers is set by hand.",
                /// An override without a reason.
                SuccessReason @ "dailySuccesses.overrideReason":
                    "人工修正日均招聘成功人数须说明理由。" / "Say why the number of daily successes is set by hand.",
                /// Computed, and yet typed in.
                ScaleComputed @ "seekerScale.method":
                    "按抽样计算的求职人员规模不能手填：请用“按抽样计算”，或改为人工修正并说明理由。" /
                    "A computed number of seekers is not typed in: compute it from samples, or set it by hand with a reason.",
                /// Computed, and yet typed in.
                SuccessComputed @ "dailySuccesses.method":
                    "按抽样计算的日均招聘成功人数不能手填：请用“按抽样计算”，或改为人工修正并说明理由。" /
                    "A computed number of daily successes is not typed in: compute it from samples, or set it by hand with a reason.",
                /// A day to come.
                ScaleFuture @ "seekerScale.asOf":
                    "求职人员规模的统计日期不能晚于今天。" / "Seekers: the day cannot be later than today.",
                /// A day to come.
                SuccessFuture @ "dailySuccesses.asOf":
                    "日均招聘成功人数的统计日期不能晚于今天。" / "Daily successes: the day cannot be later than today.",
                /// More successes than seekers.
                SuccessOverScale @ "dailySuccesses":
                    "日均招聘成功人数超过求职人员规模，请核对。" / "There are more daily successes than seekers; check both.",
                /// No area of a market.
                Area @ "areaSquareMetres":
                    "面积应为 1—1000000 平方米。" / "The area is from 1 to 1,000,000 square metres.",
                /// A remark longer than the directory keeps.
                RemarkTooLong { limit: usize } @ "remark":
                    "备注超过 {limit} 个字，请缩短。" / "The remark has more than {limit} characters; shorten it.",
                /// The same name at the same address.
                DuplicateMarket { name: String } @ "officialName":
                    "同一地址已登记同名市场“{name}”，请修改原记录，不要重复登记。" /
                    "“{name}” is already registered at this address; amend that entry instead.",
            }
        }
    };
}

refusals_of_a_market! {
    /// What is wrong with a market as filled in (填报问题).
    pub Flaw => FlawFound, FlawCode {}
}

/// The same reasons as those of an operation.
macro_rules! from_flaw {
    ($name:ident { $($unit:ident),* $(,)? } { $($variant:ident { $($param:ident),* }),* $(,)? }) => {
        impl From<$crate::rules::flaw::Flaw> for $name {
            fn from(flaw: $crate::rules::flaw::Flaw) -> Self {
                use $crate::rules::flaw::Flaw;
                match flaw {
                    $(Flaw::$unit => Self::$unit,)*
                    $(Flaw::$variant { $($param),* } => Self::$variant { $($param),* },)*
                }
            }
        }
    };
    ($name:ident) => {
        $crate::rules::flaw::from_flaw! {
            $name {
                NameMissing, OfficialNameMissing, AliasBasisContradicts, OperatorNameMissing,
                PublicInterestWithoutOperator, PublicInterestRequired, AddressMissing, VillageCode, PointWithoutSystem,
                PointNotDegrees, PointSwapped, ScaleReversed, SuccessReversed, ScaleReason, SuccessReason, ScaleComputed, SuccessComputed, ScaleFuture,
                SuccessFuture, SuccessOverScale, Area,
            } {
                NameTooLong { limit }, OperatorMismatch { nature_zh, nature_en, allowed_zh, allowed_en }, UnknownDivision { code },
                RetiredDivision { code, name, successor, successor_name }, RetiredDivisionSplit { code, name },
                DivisionNotInCity { name, city }, DivisionTooCoarse { name }, StatisticalZone { name },
                LicenceNo { limit }, AddressTooLong { limit }, VillageName { limit }, PointOutsideProvince { system }, HoursTime { row, text },
                HoursReversed { row }, HoursMonths { row }, HoursNoWeekday { row }, HoursOverlap { first, second },
                TooMuch { at, field_zh, field_en, limit }, TradeUnknown { name }, ContactLabel { row }, ContactPhone { row },
                RemarkTooLong { limit }, DuplicateMarket { name },
            }
        }
    };
}

pub(crate) use {from_flaw, refusals_of_a_market};
