import { askOwn, PublicFault } from '../../api';
import { h, replace } from '../../dom';
import { section } from '../../frame';
import { Act, type Refusal } from '../act';
import {
  type DeductionReason,
  HiringDocument,
  type PayMethod,
  SaveSheetDocument,
  SheetsDocument,
  type SheetsQuery,
  type WageLineInput,
} from '../gql/graphql';
import { choiceField, type Field, form, redrawn, textField, unfold } from '../kit';
import { ownPage } from '../signin';
import { clock, date, dayOf, fenOf, moment, money, type WorkKey, w, wage, yuan } from '../text';
import { type Applicant, allApplicants, cameHere, shiftName } from './applicants';
import { openProof, proofField, sendProof } from './proof';
import { e } from './text';

/** What the law lets be taken off; the others exist to be refused and are not offered. */
const REASONS: DeductionReason[] = ['INCOME_TAX', 'SOCIAL_INSURANCE', 'COURT_ORDER', 'DAMAGE'];
const METHODS: PayMethod[] = ['CASH', 'MOBILE', 'BANK'];
type Sheet = NonNullable<SheetsQuery['wageSheets']>['edges'][number]['node'];
type Line = Sheet['lines'][number];

/** The wage sheet (工资支付台账): who worked how long, what was due and paid; the worker says whether it came. */
export async function showSheet(slug: string, id: string) {
  const draw = () => showSheet(slug, id);
  const page = await ownPage(slug, e('sheet.title'), draw, e('hire.signIn'));
  if (!page) return;
  const [{ posting }, { wageSheets }, all] = await Promise.all([
    askOwn(slug, HiringDocument, { id }),
    askOwn(slug, SheetsDocument, { id, first: 100 }),
    allApplicants(slug, id),
  ]);
  if (!posting) throw new PublicFault('notFound', '');
  const [sheet, ...older] = (wageSheets?.edges ?? []).map((edge) => edge.node);
  const elsewhere = new Set(older.flatMap(({ lines }) => lines.map((line) => line.engagementId)));
  const here = all.filter((one) => cameHere(one.status) && !elsewhere.has(one.id));
  replace(
    page.main,
    h(
      'p',
      { class: 'crumb' },
      h('a', { href: `/${slug}/hire/postings/${encodeURIComponent(id)}` }, e('hire.backPosting')),
    ),
    h('h1', null, e('sheet.title')),
    h('p', { class: 'lead' }, posting.title, ' · ', wage(posting)),
    sheet && h('p', { class: 'notice' }, e('sheet.saved', { at: moment(sheet.madeAt), until: date(sheet.keepUntil) })),
    here.length === 0 ? h('p', { class: 'hint' }, e('sheet.none')) : sheetForm(slug, id, here, sheet, draw),
  );
}

function sheetForm(slug: string, postingId: string, here: Applicant[], sheet: Sheet | undefined, draw: () => void) {
  const rows = here.map((one, index) =>
    lineRow(
      slug,
      index,
      one,
      sheet?.lines.find(({ engagementId }) => engagementId === one.id),
    ),
  );
  const act = new Act();
  const send = async (): Promise<Refusal | null> => {
    const lines: WageLineInput[] = [];
    for (const row of rows) {
      const read = row.value();
      if ('code' in read) return read;
      const file = row.proof();
      const sent = file ? await sendProof(slug, file) : null;
      if (sent !== null && typeof sent !== 'string') return sent;
      lines.push({ ...read, proof: sent });
    }
    const asked = { id: sheet?.id ?? null, version: sheet?.version ?? null, postingId, lines };
    const { refused } = await act.run(slug, SaveSheetDocument, asked);
    if (!refused) await redrawn(draw);
    return refused ?? null;
  };
  return form(
    () => rows.flatMap((row) => row.fields),
    [rows.map((row) => row.box), h('p', { class: 'hint' }, e('sheet.rule'))],
    e('sheet.send'),
    send,
  );
}

const MINUTE_MS = 60_000;
/** As a field of day and clock wants it, in the time of Shanxi. */
const local = (moment: string) => `${dayOf(new Date(moment))}T${clock(moment)}`;

/** Filled in with what was agreed, so that most lines need no more than a look. */
function lineFields(index: number, one: Applicant, known: Line | undefined) {
  const name = (part: string) => `lines.${index}.${part}`;
  const planned =
    (new Date(one.job.endsAt).getTime() - new Date(one.job.startsAt).getTime()) / MINUTE_MS - one.job.breakMinutes;
  const agreed = one.wageTruth?.agreedFen ?? null;
  const sum = (fen: number | null | undefined) => (fen == null ? '' : yuan(fen));
  const figure = (part: string, label: string, value: string, required = true) =>
    textField({ name: name(part), label, value, inputmode: 'decimal', maxlength: 12, required });
  return {
    time: figure('minutes', e('sheet.hours'), String(Math.round((known?.minutes ?? planned) / 6) / 10)),
    due: figure('dueFen', e('sheet.due'), sum(known?.dueFen ?? agreed)),
    paid: figure('paidFen', e('sheet.paid'), sum(known?.paidFen ?? agreed)),
    pieces: figure('pieces', e('sheet.pieces'), String(known?.pieces ?? ''), false),
    off: figure('deductionFen', e('sheet.off'), known?.deductionFen ? yuan(known.deductionFen) : '', false),
    why: choiceField(
      name('deductionReason'),
      e('sheet.why'),
      [['', w('form.choose')], ...REASONS.map((key) => [key, w(`deduction.${key}` as WorkKey)] as const)],
      { value: known?.deductionReason ?? '', required: false },
    ),
    method: choiceField(
      name('method'),
      e('sheet.method'),
      METHODS.map((key) => [key, e(`method.${key}`)] as const),
      { value: known?.method ?? 'CASH' },
    ),
    when: textField({
      name: name('paidAt'),
      label: e('sheet.when'),
      type: 'datetime-local',
      value: local(known?.paidAt ?? new Date().toISOString()),
      required: true,
    }),
  };
}

type Fields = ReturnType<typeof lineFields>;

function lineOf(one: Applicant, said: Fields): WageLineInput | Refusal {
  const sums = [said.due, said.paid, said.off].map((field) => ({ field, fen: fenOf(field.value() || '0') }));
  const bad = sums.find(({ fen }) => fen === null);
  if (bad) return { code: 'MONEY', message: w('pay.bad'), field: bad.field.name };
  const [dueFen = 0, paidFen = 0, deductionFen = 0] = sums.map(({ fen }) => fen ?? 0);
  const minutes = Math.round(Number(said.time.value()) * 60);
  if (!(minutes > 0)) return { code: 'TIME', message: e('sheet.badHours'), field: said.time.name };
  return {
    engagementId: one.id,
    minutes,
    pieces: Number(said.pieces.value()) || null,
    dueFen,
    paidFen,
    deductionFen: deductionFen || null,
    deductionReason: (said.why.value() as DeductionReason) || null,
    method: said.method.value() as PayMethod,
    paidAt: `${said.when.value()}:00+08:00`,
    proof: null,
  };
}

function lineRow(slug: string, index: number, one: Applicant, known: Line | undefined) {
  const said = lineFields(index, one, known);
  const { time, due, paid, pieces, off, why, method, when } = said;
  const proof = proofField(`proof-${index}`, known?.proven ?? false);
  const byPiece = one.job.wageUnit === 'PIECE';
  const fields: Field[] = [time, due, paid, method, when, off, why, ...(byPiece ? [pieces] : [])];
  const agreed = one.wageTruth?.agreedFen ?? null;
  const received = one.wageTruth?.paidFen ?? null;
  const box = section(
    shiftName(one),
    agreed !== null && h('p', { class: 'hint' }, w('pay.agreed', { money: money(agreed) })),
    received !== null && h('p', { class: 'notice' }, e('sheet.workerSays', { money: money(received) })),
    h('div', { class: 'pair' }, time.box, byPiece && pieces.box, due.box, paid.box, method.box, when.box),
    proof.box,
    known?.proven && openProof(slug, one.id),
    unfold(e('sheet.deduction'), h('div', { class: 'pair' }, off.box, why.box)),
  );
  return { box, fields, value: () => lineOf(one, said), proof: proof.file };
}
