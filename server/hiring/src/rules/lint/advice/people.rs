//! Discrimination and conditions (歧视与招聘条件).

use kernel::text::Text;

use super::Advice;

pub(super) const SEX: Advice = Advice {
    law: Text::new(
        "《就业促进法》第三条、第二十七条；《妇女权益保障法》第四十三条；《人力资源市场暂行条例》第二十四条",
        "Employment Promotion Law, arts 3, 27; Law on Women's Rights, art 43; Human Resources Market Regulations, art 24",
    ),
    why: Text::new(
        "“{words}”限定了性别或以性别优先，属于招聘中的性别歧视。",
        "“{words}” limits the work to one sex or prefers one: discrimination by sex in recruiting.",
    ),
    instead: Text::new(
        "删去性别要求，改写工作本身的要求，例如“每袋25公斤，需搬上二楼，男女不限”；同工同酬，不分男女标价。",
        "Leave the sex out and say what the work asks for, such as “bags of 25 kg, up to the second floor, women and men \
         alike”; the same work has the same pay.",
    ),
};

pub(super) const SEX_LOOK: Advice = Advice {
    law: Text::new(
        "《就业促进法》第三条、第二十七条；《妇女权益保障法》第四十三条；《女职工劳动保护特别规定》附录",
        "Employment Promotion Law, arts 3, 27; Law on Women's Rights, art 43; Special Rules on the Protection of Women \
         Workers, annex",
    ),
    why: Text::new(
        "“{words}”限定了性别。只有国家规定女职工禁忌的劳动（如矿山井下、频繁负重超过20公斤）或确需同性照护的岗位才可以，请审核人员核对。",
        "“{words}” limits the work to one sex. Only work that the State keeps women from (such as underground mining, \
         or often lifting over 20 kg) or care close to the body may do so; a reviewer looks at it.",
    ),
    instead: Text::new(
        "如确属禁忌劳动或贴身照护，写明具体内容和负重；否则删去性别要求。",
        "If it is such work, say what it is and what is lifted; otherwise leave the sex out.",
    ),
};

pub(super) const AGE: Advice = Advice {
    law: Text::new(
        "《就业促进法》第二十六条（公平的就业条件）；人社部发〔2022〕38号第五项（合理确定招聘条件）",
        "Employment Promotion Law, art 26 (fair conditions); national notice on odd-job markets 2022 no 38, clause 5 \
         (reasonable conditions)",
    ),
    why: Text::new(
        "“{words}”按年龄限制报名。除满16周岁（禁忌劳动满18周岁）外，法律没有要求，也没有条文一概禁止，由审核人员看是否确为工作所需。",
        "“{words}” limits the work by age. The law asks for sixteen years only (eighteen for hazardous work); no article \
         forbids every other limit, so a reviewer sees whether the work needs it.",
    ),
    instead: Text::new(
        "写“年满16周岁，身体状况适合本工作”；确需限制的，写明工作原因。",
        "Write “sixteen or older, fit for this work”; if a limit is needed, say which part of the work needs it.",
    ),
};

pub(super) const MARRIAGE: Advice = Advice {
    law: Text::new(
        "《妇女权益保障法》第四十三条；《就业促进法》第二十七条",
        "Law on Women's Rights, art 43; Employment Promotion Law, art 27",
    ),
    why: Text::new(
        "“{words}”把婚姻、怀孕或生育情况作为录用条件，或要求妊娠检测。",
        "“{words}” makes marriage, pregnancy or children a condition, or asks for a pregnancy test.",
    ),
    instead: Text::new(
        "删去婚育方面的要求；只写上班时间、是否倒班等工作安排。",
        "Leave marriage and children out; say the hours and shifts of the work only.",
    ),
};

pub(super) const ETHNICITY: Advice = Advice {
    law: Text::new(
        "《就业促进法》第三条、第二十八条；《人力资源市场暂行条例》第二十四条",
        "Employment Promotion Law, arts 3, 28; Human Resources Market Regulations, art 24",
    ),
    why: Text::new(
        "“{words}”以民族、种族或宗教信仰作为招聘条件。",
        "“{words}” makes an ethnic group, race or religion a condition.",
    ),
    instead: Text::new(
        "删去民族、宗教方面的要求；清真厨房可以写“须遵守清真饮食规定”。",
        "Leave it out; a halal kitchen may write “the rules of a halal kitchen are kept here”.",
    ),
};

pub(super) const REGION: Advice = Advice {
    law: Text::new(
        "《人力资源市场暂行条例》第十一条；《关于规范网络平台招聘类信息发布的通知》（2026年1月）",
        "Human Resources Market Regulations, art 11; notice of five ministries on recruiting information (January 2026)",
    ),
    why: Text::new(
        "“{words}”按户籍、地域或籍贯限制报名。",
        "“{words}” limits the work by household register, region or origin.",
    ),
    instead: Text::new(
        "删去户籍、地域要求；需要就近到岗的，写“早6点前能到岗”。",
        "Leave it out; if people must live near, write “able to be here by six in the morning”.",
    ),
};

pub(super) const DISABILITY: Advice = Advice {
    law: Text::new(
        "《就业促进法》第二十九条；《残疾人保障法》第三十八条；《残疾人就业条例》第四条",
        "Employment Promotion Law, art 29; Law on Disabled Persons, art 38; Regulations on Employment of the Disabled, art 4",
    ),
    why: Text::new("“{words}”以残疾为由排斥求职者。", "“{words}” turns people away for a disability."),
    instead: Text::new(
        "改写工作实际需要，例如“需上下楼搬运”“需听清对讲机”，由本人判断能否胜任。",
        "Say what the work needs, such as “carrying on stairs” or “hearing a radio”, and let people judge for themselves.",
    ),
};

pub(super) const CARRIER: Advice = Advice {
    law: Text::new("《就业促进法》第三十条", "Employment Promotion Law, art 30"),
    why: Text::new(
        "“{words}”以传染病病原携带为由拒绝录用，或要求与岗位无关的病毒检测。",
        "“{words}” turns away carriers of an infectious disease, or asks for a test that the work does not need.",
    ),
    instead: Text::new(
        "删去乙肝等检测要求；餐饮、托育等岗位写“持有效健康证明”即可。",
        "Leave the test out; kitchens and nurseries write “with a valid health certificate”.",
    ),
};

pub(super) const RURAL: Advice = Advice {
    law: Text::new("《就业促进法》第三十一条", "Employment Promotion Law, art 31"),
    why: Text::new("“{words}”对农村劳动者设置歧视性限制。", "“{words}” sets a discriminatory limit on rural workers."),
    instead: Text::new("删去城镇、农村身份要求。", "Leave town or country out of the conditions."),
};

pub(super) const UNRELATED: Advice = Advice {
    law: Text::new(
        "《就业促进法》第二十六条（公平的就业条件）；人社部发〔2022〕38号第五项（合理确定招聘条件）",
        "Employment Promotion Law, art 26 (fair conditions); national notice on odd-job markets 2022 no 38, clause 5 \
         (reasonable conditions)",
    ),
    why: Text::new(
        "“{words}”看不出与工作有关，请审核人员核对。",
        "“{words}” does not seem to belong to the work; a reviewer looks at it.",
    ),
    instead: Text::new("删去，或写明哪一项工作需要它。", "Leave it out, or say which part of the work needs it."),
};

pub(super) const CHILD: Advice = Advice {
    law: Text::new(
        "《禁止使用童工规定》第二条、第四条；《劳动法》第十五条",
        "Provisions on Prohibiting Child Labour, arts 2, 4; Labour Law, art 15",
    ),
    why: Text::new(
        "“{words}”招用不满16周岁的人，介绍一人罚款5000元。",
        "“{words}” takes on people under sixteen; introducing one costs 5,000 yuan.",
    ),
    instead: Text::new("写“年满16周岁，凭身份证核验”。", "Write “sixteen or older, checked by identity card”."),
};

pub(super) const HAZARD: Advice = Advice {
    law: Text::new("《劳动法》第五十八条、第六十四条", "Labour Law, arts 58, 64"),
    why: Text::new(
        "本工种属于未成年工禁忌劳动，“{words}”没有限定为年满18周岁。",
        "The trade is closed to workers under eighteen, and “{words}” does not say eighteen.",
    ),
    instead: Text::new("在招聘条件中写明“年满18周岁”。", "Write “eighteen or older” in the conditions."),
};

pub(super) const HAZARD_UNSAID: Advice = Advice {
    law: Text::new("《劳动法》第五十八条、第六十四条", "Labour Law, arts 58, 64"),
    why: Text::new(
        "本工种属于未成年工禁忌劳动，草稿中没有写明年满18周岁。",
        "The trade is closed to workers under eighteen, and the draft does not say eighteen.",
    ),
    instead: Text::new("在招聘条件中写明“年满18周岁”。", "Write “eighteen or older” in the conditions."),
};
