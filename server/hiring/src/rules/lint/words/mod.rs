//! The words of the linter (词表), by what they mean. A word of several characters hides the shorter ones inside it, so that
//! 女装 is never 女 and 代考勤 never 代考.

mod grammar;
mod harmless;
mod money;
mod people;
mod work;

/// What a word means to the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    /// A character that no list holds.
    #[default]
    Other,
    /// A number.
    Number,
    /// A word that says what the rules need not look at.
    Harmless,

    // How a sentence is built.
    /// Not.
    Not,
    /// Never, need not.
    Never,
    /// May not, is not let.
    CanNot,
    /// Without payment: 免.
    Free,
    /// Forbidden, refused as a practice.
    Forbid,
    /// Whoever is not …
    Unless,
    /// Apart from.
    Except,
    /// Words between that change nothing.
    Filler,
    /// And, or.
    And,
    /// Must, needs.
    Need,
    /// Only.
    Only,
    /// Wants, looks for, hires.
    Want,
    /// Comes first.
    Prefer,
    /// Stay away.
    Refuse,
    /// Does not matter.
    NoLimit,
    /// Will do, is welcome.
    Allowed,
    /// That is a swindle; report it.
    Warning,
    /// What is refused to those who do not pay: work, a place, wages.
    Denied,
    /// To, from, of somebody.
    Towards,
    /// From … to.
    Until,

    // Who gives what to whom.
    /// Pays (the worker).
    Give,
    /// Takes (the hiring party).
    Take,
    /// Gives back.
    Return,
    /// Borne by the worker.
    OwnCost,
    /// Borne by somebody else.
    Borne,
    /// The hiring party.
    Payer,
    /// A worker as one who applies, starts, leaves.
    Worker,
    /// The work is to deal with it.
    Duty,
    /// What is done at a desk, by the worker or with the worker.
    Desk,
    /// Whom the work serves.
    Client,
    /// Care for people.
    Care,
    /// People who are cared for.
    CaredFor,
    /// Buys.
    Buy,
    /// Things that workers are made to buy.
    Goods,

    // Money.
    /// A deposit.
    Deposit,
    /// Money put down that is a deposit when a worker pays it.
    Earnest,
    /// 押 alone.
    Press,
    /// A guarantor.
    Guarantee,
    /// What is given in pledge.
    Pledge,
    /// A fee.
    Fee,
    /// A fee that many workers pay by law or custom: looked at, not forbidden.
    SoftFee,
    /// A phrase that is a fee by itself.
    FeePhrase,
    /// The worker advances money.
    Advance,
    /// 元.
    Yuan,
    /// Wages.
    Wage,
    /// Wages by the hour, the day, the month, as words in front of a sum.
    PerHour,
    PerDay,
    PerMonth,
    /// An allowance or a bonus.
    Allowance,
    /// A wage to be talked about.
    Vague,
    /// What may well be talked about: hours, the place.
    Arrange,
    /// Settles.
    Settle,
    /// Settled by the month.
    Monthly,
    /// Settled at the end of the year or the works.
    YearEnd,
    /// The year or the works end.
    EndOfYear,
    /// Holds wages back.
    HoldWage,
    /// Too short a time.
    TooShort,
    /// Leaves before the end.
    Leaves,
    /// No pay.
    NoPay,
    /// Set off against.
    Offset,
    /// Goods and vouchers.
    InKind,
    /// By means of.
    By,

    // Documents.
    /// A document.
    Document,
    /// A copy of one.
    Copy,
    /// Keeps, takes away.
    Hold,
    /// Keeps one's own.
    KeepOwn,

    // People.
    /// A man.
    Man,
    /// A woman.
    Woman,
    /// Men and women.
    Both,
    /// Sex as a heading.
    Sex,
    /// A trade or a job.
    Job,
    /// Things and places for one sex.
    SexThing,
    /// Work that the law keeps women from.
    Heavy,
    /// Work close to the body.
    Private,
    /// Married, with children.
    Marital,
    /// A question or a test about it.
    BirthTest,
    /// An ethnic group or a belief.
    Ethnic,
    /// Without belief, as a condition.
    Unbelief,
    /// What belongs to a people and is no condition.
    EthnicThing,
    /// A kitchen under rules of belief.
    Halal,
    /// People of a place.
    Locals,
    /// A place and those from it.
    Place,
    /// Here, elsewhere.
    Local,
    /// Household register.
    Register,
    /// 人 after a place.
    Person,
    /// A dialect.
    Dialect,
    /// Disabled people.
    Disabled,
    /// Without a disability, as a condition.
    AbleBodied,
    /// Carriers of a disease.
    Carrier,
    /// Tests.
    Test,
    /// As it should be (of a test).
    Normal,
    /// Rural workers.
    Rural,
    /// Registered in a town.
    Urban,
    /// Height.
    Height,
    /// Looks.
    Looks,
    /// Stars, blood, years of birth.
    Stars,

    // Age.
    /// 岁.
    Years,
    /// 年龄.
    Age,
    /// And below.
    Below,
    /// And above.
    Above,
    /// More than.
    MoreThan,
    /// No more than.
    LessThan,
    /// Full (of years).
    Full,
    /// Born in the nineties.
    BornIn,
    /// Young, old.
    Young,
    Old,
    /// Pupils of a school for children.
    Pupil,
    /// Children who work.
    ChildWorker,
    /// Works (of a pupil).
    PupilWorks,
    /// Of age.
    Adult,

    // Hours.
    /// 小时.
    Hour,
    /// 每天.
    EachDay,
    /// 每周.
    EachWeek,
    /// Works.
    Works,
    /// Rests, eats, is open: hours that are not hours of work.
    NotWork,
    /// 个月, 天, of a length of time.
    Month,
    Day,

    // Lures and channels.
    /// A lure by itself.
    Hype,
    /// High pay, as a bare word.
    HighPay,
    /// Earned in a day, before a sum.
    Earns,
    /// Nothing need be known.
    NoSkill,
    /// Come to another channel.
    Divert,
    /// The name of a channel, before an account.
    Channel,
    /// A telephone, before a number.
    Telephone,

    // Rights and the law.
    /// Injury, accident, treatment.
    Injury,
    /// Borne by oneself; nobody answers for it.
    Waive,
    /// A waiver by itself.
    Waiver,
    /// Things that may be lost.
    Property,
    /// Social insurance.
    Insurance,
    /// Gives up.
    Abandon,
    /// A trial.
    Trial,
    /// Probation.
    Probation,
    /// Work that the law forbids.
    Illegal,
    /// Lets out (of cards and accounts).
    RentOut,
    /// Cards and accounts.
    Account,
}

/// Words by meaning, in text separated by blanks.
pub(super) type List = &'static [(Tag, &'static str)];

/// Every list; where two hold one word, the first of them counts.
pub(super) const LISTS: &[List] =
    &[harmless::WORDS, work::WORDS, money::WORDS, people::WORDS, people::GROUPS, grammar::WORDS];
