import { h } from '../../dom';
import { fillPlaces } from '../../filters';
import type { AccidentCover, EngagementType, PayDay, PostingInput, PostingKind } from '../gql/graphql';
import { checkField, choiceField, type Field, textField } from '../kit';
import { dayOf, w } from '../text';
import { e } from './text';

const PAY_DAYS: PayDay[] = ['ON_COMPLETION', 'DAILY', 'WEEKLY', 'HALF_MONTHLY', 'MONTHLY'];
const ENGAGEMENTS: EngagementType[] = ['TEMPORARY', 'PHASED', 'PART_TIME'];
const COVERS: AccidentCover[] = ['NONE', 'COMMERCIAL', 'WORK_INJURY'];
const KINDS: PostingKind[] = ['ODD_JOB', 'INTERNSHIP'];

type From = Partial<PostingInput>;

/** In which city somebody posts, and its markets. */
export interface Where {
  slug: string;
  city: string;
  markets: readonly (readonly [string, string])[];
}

/** What a posting may say besides. */
export function moreFields({ slug, city, markets }: Where, from: From, changed: () => void) {
  const market = choiceField('marketId', e('post.market'), [['', e('post.noMarket')], ...markets], {
    value: from.marketId ?? '',
    required: false,
  });
  const cover = choiceField(
    'cover',
    w('posting.cover'),
    COVERS.map((key) => [key, w(`cover.${key}`)] as const),
    { value: from.cover ?? undefined, required: false },
  );
  const payDay = choiceField(
    'payDay',
    e('post.payDay'),
    [['', e('post.usual')] as const, ...PAY_DAYS.map((key) => [key, w(`payDay.${key}`)] as const)],
    { value: from.payDay ?? undefined, required: false, onchange: changed },
  );
  const engagement = choiceField(
    'engagement',
    w('posting.engagement'),
    ENGAGEMENTS.map((key) => [key, w(`engagement.${key}`)] as const),
    { value: from.engagement ?? 'TEMPORARY', required: false, onchange: changed },
  );
  const texts = textFields(from, changed);
  const instant = checkField('instant', e('post.instant'), { checked: from.instant ?? false });
  const priority = checkField('priority', e('post.priority'), { checked: from.priority ?? false });
  const county = countyField(slug, city, from.county ?? '', changed);
  const seldom = seldomFields(from, changed);
  const fields: Field[] = [market, county, payDay, engagement, ...texts.fields, cover, instant, priority];
  fields.push(...seldom.fields);
  const value = (): From => ({
    ...texts.value(),
    ...seldom.value(),
    county: county.chosen(),
    marketId: market.value() || null,
    engagement: engagement.value() as EngagementType,
    payDay: (payDay.value() as PayDay) || null,
    cover: cover.value() as AccidentCover,
    instant: instant.on(),
    priority: priority.on(),
  });
  return {
    box: h(
      'div',
      null,
      fields.map((field) => field.box),
    ),
    fields,
    value,
    rest: texts.rest,
  };
}

/** Only where the work is elsewhere than the market, or than whoever hires. */
function countyField(slug: string, city: string, known: string, changed: () => void) {
  const field = choiceField('county', e('post.county'), [['', e('post.noCounty')]], {
    hint: e('post.countyHint'),
    required: false,
    onchange: changed,
  });
  void fillPlaces(slug, city, field.control, known);
  const listed = () => Array.from(field.control.options).some(({ value }) => value === known);
  // While the list has not come, what is known of the posting stays.
  return { ...field, chosen: () => field.value() || (listed() ? null : known) };
}

/** An internship, or a trade that asks for a certificate: few postings say so. */
function seldomFields(from: From, changed: () => void) {
  const kind = choiceField(
    'kind',
    e('post.kind'),
    KINDS.map((key) => [key, w(`kind.${key}`)] as const),
    { value: from.kind ?? 'ODD_JOB', hint: e('post.kindHint'), required: false, onchange: changed },
  );
  const certificate = checkField('needsCertificate', e('post.certificate'), {
    checked: from.needsCertificate ?? false,
  });
  return {
    fields: [kind, certificate] as Field[],
    value: (): From => ({ kind: kind.value() as PostingKind, needsCertificate: certificate.on() }),
  };
}

function textFields(from: From, changed: () => void) {
  const field = (typed: Parameters<typeof textField>[0]) => textField({ ...typed, onchange: changed });
  const title = field({
    name: 'title',
    label: e('post.name'),
    value: from.title ?? '',
    maxlength: 40,
  });
  const payText = field({
    name: 'payText',
    label: e('post.payText'),
    hint: e('post.payTextHint'),
    value: from.payText ?? '',
    maxlength: 200,
  });
  const conditions = field({
    name: 'conditions',
    label: e('post.conditions'),
    value: from.conditions ?? '',
    rows: 2,
    maxlength: 500,
  });
  const rest = field({
    name: 'breakMinutes',
    label: e('post.rest'),
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    value: String(from.shifts?.[0]?.breakMinutes ?? 0),
  });
  const until = field({
    name: 'validUntil',
    label: e('post.until'),
    type: 'date',
    value: from.validUntil ?? '',
    min: dayOf(new Date()),
  });
  return {
    fields: [title, payText, conditions, until, rest],
    rest: () => Number(rest.value()) || 0,
    value: () => ({
      title: title.value() || null,
      payText: payText.value() || null,
      conditions: conditions.value() || null,
      validUntil: until.value() || null,
    }),
  };
}
