import { Alert } from 'antd';
import { useT } from '../../app/i18n';
import { fieldPath } from '../../app/outcome';
import { fieldId } from '../../kit/form';
import { focusField } from '../../kit/summary';
import { FindingLine } from '../findings';
import { numbered, wordsOf } from '../marks';
import { textOf } from '../texts';
import type { Check } from './lint';
import type { PostingValues } from './values';

interface Props {
  check: Check | null;
  values: PostingValues | undefined;
  form: string;
}

/** What the form still lacks and what the linter says of it, beside the form; each line leads to its field. */
export function CheckPanel({ check, values, form }: Props) {
  const t = useT();
  return (
    <section className="card check-panel" aria-labelledby="check-title">
      <h2 id="check-title">{t('lint.live')}</h2>
      <p role="status" className="soft">
        {check
          ? check.good && check.findings.length === 0
            ? t('lint.goodNow')
            : t('lint.now', { flaws: check.flaws.length, findings: check.findings.length })
          : t('lint.waiting')}
      </p>
      {check ? <Flaws check={check} form={form} /> : null}
      {check && check.findings.length > 0 ? (
        <ol className="findings">
          {numbered(check.findings).map(({ n, finding }) => (
            <li key={n}>
              <FindingLine finding={finding} words={wordsOf(textOf(trimmed(values), finding.field), finding)} n={n} />
              <FieldLink form={form} field={finding.field} text={t('lint.toField')} />
            </li>
          ))}
        </ol>
      ) : null}
      {check?.good && check.findings.length === 0 ? <Alert type="success" showIcon title={t('lint.clean')} /> : null}
    </section>
  );
}

/** The linter reads what is sent, and that has no blanks at its ends. */
const trimmed = (values: PostingValues | undefined) =>
  Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  );

function Flaws({ check, form }: { check: Check; form: string }) {
  const t = useT();
  if (check.flaws.length === 0) return null;
  return (
    <details>
      <summary>{t('lint.flaws', { n: check.flaws.length })}</summary>
      <ul>
        {check.flaws.map((flaw) => (
          <li key={flaw.code + flaw.message}>
            {flaw.field ? <FieldLink form={form} field={flaw.field} text={flaw.message} /> : flaw.message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function FieldLink({ form, field, text }: { form: string; field: string; text: string }) {
  const id = fieldId(form, fieldPath(field).slice(0, 1));
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        focusField(id);
      }}
    >
      {text}
    </a>
  );
}
