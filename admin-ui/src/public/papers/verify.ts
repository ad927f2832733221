import { ask } from '../api';
import { h, replace } from '../dom';
import { frame, section, waiting } from '../frame';
import { CityFrameDocument, VerifyRecordDocument } from '../gql/graphql';
import { cityName, t } from '../text';
import { alertBox, type Field, facts, form, textField } from '../work/kit';
import { date } from '../work/text';
import { readRecord, type Said, type Seal } from './seal';
import { p } from './text';

/** Is a work record (零工履历) genuine? Its text stays on this telephone; number, fingerprint and signature are sent. */
export async function showVerify(slug: string) {
  const draw = () => showVerify(slug);
  waiting(frame(null, draw));
  const { city } = await ask(slug, CityFrameDocument, {});
  const main = frame(city, draw);
  document.title = `${p('verify.title')} · ${t('app.name')}`;
  const result = h('div', { role: 'status', tabindex: '-1' });
  const name = cityName(city);
  const look = async (seal: Seal, said: Said | null) => {
    replace(result);
    const { verifyRecord } = await ask(slug, VerifyRecordDocument, { ...seal });
    const valid = verifyRecord?.valid === true;
    replace(
      result,
      valid ? genuine(name, seal, said) : h('p', { class: 'notice bad' }, p('verify.bad', { city: name })),
    );
    result.focus();
    return null;
  };
  replace(
    main,
    h('h1', null, p('verify.title')),
    h('p', { class: 'lead' }, p('verify.lead', { city: name })),
    result,
    section(
      p('verify.file'),
      byFile(look, () => replace(result)),
    ),
    section(p('verify.paper'), byPaper(look)),
  );
}

type Look = (seal: Seal, said: Said | null) => Promise<null>;

function genuine(city: string, { number }: Seal, said: Said | null) {
  return h(
    'div',
    { class: 'notice' },
    h('p', { class: 'big' }, '✓ ', p(said ? 'verify.good' : 'verify.goodPaper', { city })),
    facts(
      [p('verify.number'), number],
      [p('verify.name'), said?.name],
      [p('verify.issued'), said && `${said.city} ${said.issuedAt && date(said.issuedAt)}`],
      [p('verify.days'), said && String(said.days)],
    ),
    !said && h('p', null, p('verify.compare')),
  );
}

/** The file as a whole: not a word of it can be changed unseen. */
function byFile(look: Look, anew: () => void) {
  const input = h('input', { type: 'file', id: 'record-file', accept: '.json,application/json' });
  const told = alertBox();
  const read = async () => {
    const file = input.files?.[0];
    const record = file && (await readRecord(await file.text()));
    if (!record) return told.say(file ? p('verify.noRecord') : null);
    await look(record.seal, record.said);
  };
  input.addEventListener('change', () => {
    anew();
    told.say(null);
    // A page without a secure connection cannot reckon a fingerprint; the paper can still be typed in.
    if (!crypto.subtle) return told.say(p('verify.cannot'));
    read().catch(() => told.say(t('app.offline')));
  });
  return h(
    'div',
    { class: 'field' },
    h('label', { for: input.id }, p('verify.choose')),
    h('p', { class: 'hint', id: 'record-file-hint' }, p('verify.stays')),
    input,
    told.box,
  );
}

/** What is printed at the foot of the paper. */
function byPaper(look: Look) {
  const field = (name: keyof Seal, rows?: number): Field =>
    textField({ name, label: p(`verify.${name}`), required: true, maxlength: 200, ...(rows ? { rows } : {}) });
  const [number, digest, signature] = [field('number'), field('digest', 2), field('signature', 3)];
  const fields = [number, digest, signature];
  /** A paper breaks a long line where it is full. */
  const bare = (one: Field) => one.value().replace(/\s/g, '');
  return form(
    () => fields,
    fields.map((one) => one.box),
    p('verify.go'),
    () => look({ number: bare(number), digest: bare(digest), signature: bare(signature) }, null),
  );
}
