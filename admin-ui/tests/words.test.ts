import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../src/admin/markets/form/compared';
import { FIELDS as POSTING_FIELDS } from '../src/admin/postings/form/compared';
import { SUBJECTS } from '../src/admin/trust/subject';
import en from '../src/i18n/en';
import enHire from '../src/i18n/en/hire';
import enPapers from '../src/i18n/en/papers';
import enPublic from '../src/i18n/en/public';
import enWork from '../src/i18n/en/work';
import zh from '../src/i18n/zh-CN';
import zhHire from '../src/i18n/zh-CN/hire';
import zhPapers from '../src/i18n/zh-CN/papers';
import zhPublic from '../src/i18n/zh-CN/public';
import zhWork from '../src/i18n/zh-CN/work';

const catalogues = [
  ['admin', zh, en],
  ['public', zhPublic, enPublic],
  ['work', zhWork, enWork],
  ['hire', zhHire, enHire],
  ['papers', zhPapers, enPapers],
] as const;
/** Where the server names a kind of thing: as what an entry is about, by an id, or as what holds a personal value. */
const NAMED = /\b(?:about|gid)\(\s*"(\w+)"|\bShown \{ kind: "(\w+)"/g;

/** All of them, from its sources without its tests. */
function namedByServer(): string[] {
  const server = new URL('../../server/', import.meta.url);
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.rs') && !/(^|\/)tests?(\/|\.rs$)/.test(file));
  const names = sources.flatMap((file) =>
    [...readFileSync(new URL(file, server), 'utf8').matchAll(NAMED)].map((m) => m[1] ?? m[2] ?? ''),
  );
  return [...new Set(names)].sort();
}

const schema = buildSchema(readFileSync(new URL('../../tests/golden/schema.graphql', import.meta.url), 'utf8'));

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe('words', () => {
  it.each(catalogues)('the %s pages have the same keys in both languages', (_, chinese, english) => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
  });

  it.each(catalogues)(
    'no text of the %s pages is empty, and both languages name the same values',
    (_, chinese, english) => {
      const wrong = Object.entries(chinese).filter(([key, text]) => {
        const other = (english as Record<string, string>)[key] ?? '';
        return !text.trim() || !other.trim() || placeholders(text).join() !== placeholders(other).join();
      });
      expect(wrong).toEqual([]);
    },
  );

  it('every catalogue file is part of the admin or of the public pages', () => {
    const files = readdirSync(new URL('../src/i18n/zh-CN', import.meta.url)).map((f) => f.replace('.ts', ''));
    const index = readFileSync(new URL('../src/i18n/zh-CN.ts', import.meta.url), 'utf8');
    expect(
      files.filter(
        (f) => !['public', 'work', 'work-terms', 'hire', 'papers'].includes(f) && !index.includes(`./zh-CN/${f}'`),
      ),
    ).toEqual([]);
  });

  it('what a key of a front-end team may be given is called as the server calls it', () => {
    const permissions = readFileSync(new URL('../../tests/golden/permissions.txt', import.meta.url), 'utf8');
    const given = permissions.split(/\n\n/).filter((action) => /^ +developer /m.test(action));
    expect(given.length).toBeGreaterThan(0);
    for (const action of given) {
      const [name, chinese, english] = (action.split('\n')[0] ?? '').split(/ {2,}/);
      const key = `keyScope.${name}` as 'keyScope.market.read';
      expect([key, zh[key], en[key]]).toEqual([key, chinese, english]);
    }
  });

  it('one thing has one word: 口令 as in the standard, 预检 for a dry run', () => {
    const other = Object.entries(zh).filter(([, text]) => /密码|试读|试算/.test(text));
    expect(other.map(([key]) => key)).toEqual(['auth.password']);
  });

  it('every field two people may clash over has words', () => {
    expect(FIELDS.filter((field) => !(`conflict.${field}` in zh))).toEqual([]);
    expect(POSTING_FIELDS.filter((field) => !(`posting.${field}` in zh))).toEqual([]);
  });

  it('every kind of thing that the audit may name has words', () => {
    expect(Object.keys(SUBJECTS)).toEqual(namedByServer());
    expect(Object.keys(SUBJECTS).filter((name) => !(`subject.${name}` in zh))).toEqual([]);
  });

  it('every value of an enum that a person may see has words', () => {
    const groups: Record<string, string> = {
      OperatingNature: 'nature',
      OperatorKind: 'operator',
      AliasBasis: 'basis',
      MarketStatus: 'status',
      MarketLayout: 'layout',
      Crs: 'crs',
      Season: 'season',
      Weekday: 'weekday',
      ZoneKind: 'zone',
      FacilityKind: 'facility',
      FacilityState: 'facilityState',
      CheckItem: 'check',
      CheckResult: 'checkResult',
      MapProvider: 'provider',
      AnnotationStatus: 'annotation',
      ConstructionMode: 'construction',
      MilestoneStatus: 'milestone',
      FigureMethod: 'method',
      ServiceKind: 'service',
      CrowdLevel: 'crowd',
      ChangeKind: 'change',
      MarketOrder: 'order',
      ImportStatus: 'import',
      ImportAction: 'importAction',
      JobStatus: 'job',
      ReturnStatus: 'return',
      Department: 'department',
      LetterLang: 'letterLang',
      PolicyEffect: 'policyEffect',
      ScopeKind: 'scope',
      AccountStatus: 'accountStatus',
      InvitationStatus: 'invitation',
      AuditResult: 'auditResult',
      MailStatus: 'mailStatus',
      SmsDirection: 'smsDirection',
      SmsStatus: 'smsStatus',
      ExportFormat: 'format',
      WageUnit: 'wageUnit',
      PayDay: 'payDay',
      EngagementStatus: 'engagement',
      Side: 'side',
      CancelReason: 'cancelReason',
      Consequence: 'consequence',
      DisputeOutcome: 'disputeOutcome',
      AgeBand: 'ageBand',
      AgeSplit: 'ageSplit',
      WorkHours: 'workHours',
      WorkerStatus: 'workerStatus',
      WorkerSource: 'workerSource',
      WorkerOrder: 'workerOrder',
      FemaleWorkerKind: 'femaleKind',
      DifficultyKind: 'difficulty',
      DifficultyBasis: 'difficultyBasis',
      ConsentHow: 'consentHow',
      ConsentPurpose: 'consentPurpose',
      CitizenStatus: 'citizenStatus',
      WorkerStatisticsBy: 'statisticsBy',
      PayMethod: 'payMethod',
      DeductionReason: 'deduction',
      PointReason: 'pointReason',
      HireStep: 'hireStep',
      CaseStatus: 'case',
      CaseDecision: 'caseDecision',
      CaseOrder: 'caseOrder',
      CasePartyKind: 'caseParty',
      DayCount: 'cases.days',
      PostingStatus: 'postingStatus',
      PostingKind: 'postingKind',
      PostingSource: 'postingSource',
      PostingOrder: 'postingOrder',
      EngagementType: 'engagementType',
      AccidentCover: 'accidentCover',
      FindingSeverity: 'findingSeverity',
      ReviewStage: 'reviewStage',
      ReviewDecision: 'reviewDecision',
      PostingImportStatus: 'postingImport',
      ImportRowStatus: 'postingImportRow',
      ChannelKind: 'channelKind',
      DeliveryStatus: 'deliveryStatus',
      PartyKind: 'partyKind',
      PartyStatus: 'partyStatus',
      HiringPartyOrder: 'partyOrder',
      PartyStep: 'partyStep',
      PartyStepResult: 'partyStepResult',
      PartyMemberRole: 'partyMemberRole',
      PartyRecheckStatus: 'recheckStatus',
      LicenceState: 'licenceState',
      LicenceScope: 'licenceScope',
      DisplayedKind: 'displayedKind',
      FeePayer: 'feePayer',
      InspectionKind: 'inspectionKind',
      InspectionResult: 'inspectionResult',
      AgencyServiceKind: 'agencyService',
    };
    const missing = Object.entries(groups).flatMap(([name, group]) => {
      const type = schema.getType(name);
      if (!isEnumType(type)) return [`${name} is no enum of the schema`];
      return type
        .getValues()
        .map((v) => `${group}.${v.name}`)
        .filter((key) => !(key in zh));
    });
    expect(missing).toEqual([]);
  });

  it('every value that the pages of work and hire show has words', () => {
    const groups: [string, string, Record<string, string>][] = [
      ['WageUnit', 'wage', zhWork],
      ['PayDay', 'payDay', zhWork],
      ['EngagementType', 'engagement', zhWork],
      ['AccidentCover', 'cover', zhWork],
      ['EngagementStatus', 'status', zhWork],
      ['EngagementStatus', 'next', zhWork],
      ['EngagementStatus', 'now', zhWork],
      ['EngagementStatus', 'nowParty', zhWork],
      ['Side', 'side', zhWork],
      ['CancelReason', 'reason', zhWork],
      ['Consequence', 'consequence', zhWork],
      ['DeductionReason', 'deduction', zhWork],
      ['WorkHours', 'workHours', zhWork],
      ['PointReason', 'pointReason', zhWork],
      ['CaseStatus', 'caseStatus', zhWork],
      ['CaseDecision', 'caseDecision', zhWork],
      ['DifficultyKind', 'difficulty', zhWork],
      ['DifficultyBasis', 'basis', zhWork],
      ['ConsentPurpose', 'consent', zhWork],
      ['ConsentPurpose', 'withdrawMeans', zhWork],
      ['ConsentHow', 'consentHow', zhWork],
      ['PostingKind', 'kind', zhWork],
      ['WageUnit', 'unit', zhHire],
      ['PartyKind', 'kind', zhHire],
      ['PartyKind', 'kindHelp', zhHire],
      ['PartyStatus', 'partyStatus', zhHire],
      ['PartyStep', 'step', zhHire],
      ['PostingStatus', 'posting', zhHire],
      ['PayMethod', 'method', zhHire],
    ];
    const missing = groups.flatMap(([name, group, words]) => {
      const type = schema.getType(name);
      if (!isEnumType(type)) return [`${name} is no enum of the schema`];
      return type
        .getValues()
        .map((v) => `${group}.${v.name}`)
        .filter((key) => !(key in words));
    });
    expect(missing).toEqual([]);
  });
});
