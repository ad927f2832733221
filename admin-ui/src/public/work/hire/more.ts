import { h } from '../../dom';
import type { AccidentCover, PayDay, PostingInput } from '../gql/graphql';
import { checkField, choiceField, type Field, textField } from '../kit';
import { w } from '../text';
import type { Posting } from './post';
import { e } from './text';

const PAY_DAYS: PayDay[] = ['ON_COMPLETION', 'DAILY', 'WEEKLY', 'HALF_MONTHLY', 'MONTHLY'];
const COVERS: AccidentCover[] = ['NONE', 'COMMERCIAL', 'WORK_INJURY'];
/** The title that the house makes of trade and headcount; it is made anew where one of them changes. */
const MADE = /^招.+\d+人$/;

/** What of a known posting has no field here: it stays as it is. */
const kept = (known: Posting): Partial<PostingInput> => ({
  engagement: known.engagement,
  kind: known.kind,
  needsCertificate: known.needsCertificate,
  county: known.county.code,
  point: known.point && { lat: known.point.lat, lng: known.point.lng, crs: known.point.crs },
});

/** What a posting may say besides. */
export function moreFields(
  markets: readonly (readonly [string, string])[],
  known: Posting | null,
  changed: () => void,
) {
  const market = choiceField('marketId', e('post.market'), [['', e('post.noMarket')], ...markets], {
    value: known?.marketId ?? '',
    required: false,
  });
  const cover = choiceField(
    'cover',
    w('posting.cover'),
    COVERS.map((key) => [key, w(`cover.${key}`)] as const),
    { value: known?.cover, required: false },
  );
  const payDay = choiceField(
    'payDay',
    e('post.payDay'),
    [['', e('post.usual')] as const, ...PAY_DAYS.map((key) => [key, w(`payDay.${key}`)] as const)],
    { value: known?.payDay, required: false, onchange: changed },
  );
  const texts = textFields(known, changed);
  const instant = checkField('instant', e('post.instant'), { checked: known?.instant ?? false });
  const priority = checkField('priority', e('post.priority'), { checked: known?.priority ?? false });
  const fields: Field[] = [market, payDay, ...texts.fields, cover, instant, priority];
  const value = (): Partial<PostingInput> => ({
    ...(known ? kept(known) : {}),
    ...texts.value(),
    marketId: market.value() || null,
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

function textFields(known: Posting | null, changed: () => void) {
  const field = (typed: Parameters<typeof textField>[0]) => textField({ ...typed, onchange: changed });
  const title = field({
    name: 'title',
    label: e('post.name'),
    value: known && !MADE.test(known.title) ? known.title : '',
    maxlength: 40,
  });
  const payText = field({
    name: 'payText',
    label: e('post.payText'),
    hint: e('post.payTextHint'),
    value: known?.payText ?? '',
    maxlength: 200,
  });
  const conditions = field({
    name: 'conditions',
    label: e('post.conditions'),
    value: known?.conditions ?? '',
    rows: 2,
    maxlength: 500,
  });
  const rest = field({
    name: 'breakMinutes',
    label: e('post.rest'),
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    value: String(known?.shifts[0]?.breakMinutes ?? 0),
  });
  return {
    fields: [title, payText, conditions, rest],
    rest: () => Number(rest.value()) || 0,
    value: () => ({
      title: title.value() || null,
      payText: payText.value() || null,
      conditions: conditions.value() || null,
    }),
  };
}
