//! What can be wrong with a posting as filled in (填报问题). All of it is told at once (一次性告知).

kernel::refusals! {
    /// What is wrong with a posting as filled in (填报问题).
    pub Flaw => PostingFlaw, PostingFlawCode {
        /// Not in the catalogue.
        TradeUnknown { name: String } @ "trade":
            "职业目录中没有“{name}”，请从列表中选择，或换一个常用叫法（如瓦工、搬运工、保洁）。" /
            "“{name}” is not in the catalogue; choose from the list, or try another usual name.",
        /// A street name that several trades go by.
        TradeAmbiguous { name: String, choices: String } @ "trade":
            "“{name}”对应多个工种，请选择其一：{choices}。" / "“{name}” is several trades; choose one of them: {choices}.",
        /// A title longer than a screen shows.
        TitleTooLong { limit: usize } @ "title": "标题超过 {limit} 个字，请缩短。" / "The title has more than {limit} characters; shorten it.",
        /// No duties, or a word.
        DutiesMissing { least: usize, limit: usize } @ "duties":
            "请写明工作内容，{least}—{limit} 个字（人力资源市场暂行条例第二十四条）。" /
            "Say what is to be done, in {least} to {limit} characters (Interim Regulations on the Human Resources Market, art 24).",
        /// Conditions that are too long.
        ConditionsTooLong { limit: usize } @ "conditions":
            "招聘条件超过 {limit} 个字，请缩短。" / "The conditions have more than {limit} characters; shorten them.",
        /// Words about the pay that are too long.
        PayTextTooLong { limit: usize } @ "payText":
            "报酬说明超过 {limit} 个字，请缩短。" / "The words about the pay have more than {limit} characters; shorten them.",
        /// No place.
        PlaceMissing { least: usize, limit: usize } @ "place":
            "请写明工作地点（街道门牌或显著地标），{least}—{limit} 个字（人力资源市场暂行条例第二十四条）。" /
            "Say where the work is, street and number or a landmark, in {least} to {limit} characters (Interim Regulations on the Human Resources Market, art 24).",
        /// A county that is none of this city.
        County { zh: String, en: String } @ "county": "区县有误：{zh}" / "The county cannot be: {en}",
        /// A point that cannot be.
        Point { zh: String, en: String } @ "point": "坐标有误：{zh}" / "The point cannot be: {en}",
        /// A market that is not in the directory.
        MarketNotListed { name: String } @ "marketId":
            "“{name}”不在名录内，不能在那里发布；请选择名录内的市场，或不选市场。" /
            "“{name}” is not in the directory; choose a market that is, or none.",
        /// A market that others run.
        MarketOfOthers { name: String } @ "marketId":
            "“{name}”不由登记该用工主体的机构运营，请选择本机构的市场，或不选市场。" /
            "“{name}” is not run by the agency whose lead the hiring party is; choose one of its own, or none.",
        /// A wage that cannot be.
        Wage { unit_zh: String, unit_en: String, low: String, high: String } @ "wageFen":
            "请核对劳动报酬：按“{unit_zh}”应为 {low}—{high}。" / "Look at the wage again: in {unit_en} it is {low} to {high}.",
        /// Part-time work that is paid by the month.
        PartTimeByMonth @ "wageUnit":
            "非全日制用工以小时计酬为主，不能按月计薪（劳动合同法第六十八条）；请改按小时、天或件计薪。" /
            "Part-time work is paid by the hour, not by the month (Labour Contract Law, art 68); name another unit.",
        /// No shift.
        NoShifts @ "shifts": "请至少填写一个班次。" / "Enter at least one shift.",
        /// More shifts than a form has.
        TooManyShifts { limit: usize } @ "shifts":
            "一条信息最多 {limit} 个班次，请分成几条发布。" / "A posting has at most {limit} shifts; enter several postings.",
        /// A shift that ends before it begins, or lasts longer than a day.
        ShiftReversed { row: usize } @ "shifts":
            "第 {row} 个班次的结束应晚于开始，且不超过 24 小时。" / "Shift {row} ends after it begins, within 24 hours.",
        /// A rest that is longer than the work.
        ShiftBreak { row: usize } @ "shifts":
            "第 {row} 个班次的休息时间应为 0 分钟至班次时长的一半。" / "The rest of shift {row} is from nothing to half of it.",
        /// A shift that has begun.
        ShiftPast { row: usize } @ "shifts":
            "第 {row} 个班次的开始时间已过，请改为以后的时间。" / "Shift {row} begins in the past; name a later time.",
        /// Two shifts that are one.
        ShiftDouble { first: usize, second: usize } @ "shifts":
            "第 {first} 个班次与第 {second} 个班次时间相同，请合并并相加人数。" /
            "Shifts {first} and {second} are at the same time; make one of them, with the places of both.",
        /// More than ninety days ahead.
        ShiftTooFar { row: usize, days: i64 } @ "shifts":
            "第 {row} 个班次在 {days} 天以后，请临近时再发布。" / "Shift {row} is more than {days} days ahead; publish it nearer to the day.",
        /// A headcount that cannot be.
        Headcount { limit: i32 } @ "shifts.headcount":
            "每个班次的招聘人数应为 1—{limit}，合计不超过 {limit}。" / "A shift has 1 to {limit} places, and all together no more than {limit}.",
        /// A valid period that ends before it begins.
        ValidReversed @ "validUntil": "有效期止不能早于有效期起。" / "The valid period ends after it begins.",
        /// A valid period that is over.
        ValidOver @ "validUntil": "有效期已过，请改为今天或以后。" / "The valid period is over; name today or a later day.",
        /// A valid period that is too long.
        ValidTooLong { days: i64 } @ "validUntil": "有效期最长 {days} 天。" / "A posting is valid for at most {days} days.",
        /// An internship that a person offers.
        InternshipOfPerson @ "kind":
            "见习只能由单位提供；家庭和个人请选择“零工”。" / "Only units offer internships; choose an odd job.",
        /// An internship without a talk.
        InternshipInstant @ "instant": "见习须经面谈，不能即时确认。" / "An internship is not confirmed without a talk.",
        /// An internship by the piece.
        InternshipByPiece @ "wageUnit": "见习补助不能计件，请按天或按月填写。" / "An internship is not paid by the piece; name a day or a month.",
        /// An internship at work that needs a certificate.
        InternshipHazard @ "trade":
            "特种作业须持证上岗（安全生产法第三十条），不能作为见习岗位。" / "Special operations need a certificate (Work Safety Law, art 30) and are no internship.",
    }
}
