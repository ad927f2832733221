import { Button, Form, type FormInstance } from 'antd';
import { useState } from 'react';
import { useT } from '../../app/i18n';
import type { Outcome } from '../../app/outcome';
import { problemsOf, problemsOfFields } from '../../kit/form';
import { today } from '../../kit/format';
import { ErrorSummary, type Problem } from '../../kit/summary';
import { CheckPanel } from './check-panel';
import { FoldedFields, RequiredFields } from './fields';
import { useLint } from './lint';
import { dayAfter, emptyPosting, FOLDED, type PostingValues } from './values';

const NAME = 'posting';
export type Way = 'save' | 'submit';

interface Props {
  initial?: PostingValues | undefined;
  /** Who hires, where one comes from its page. */
  party?: string | undefined;
  amending: boolean;
  /** May it be handed in from here? */
  submits: boolean;
  onSave: (values: PostingValues, way: Way) => Promise<Outcome<unknown>>;
  onCancel: () => void;
}

/** Every line of a refusal that lists them, at its field. */
function allProblems(outcome: Outcome<unknown>, form: FormInstance): Problem[] {
  if (outcome.kind !== 'refused') return problemsOf(outcome, NAME, form);
  const { flaws, findings } = outcome.refusal as {
    flaws?: { field: string | null; message: string }[];
    findings?: { field: string; why: string; severity: string }[];
  };
  const lines = [
    ...(flaws ?? []),
    ...(findings ?? []).filter((f) => f.severity === 'BLOCKS').map((f) => ({ field: f.field, message: f.why })),
  ];
  if (lines.length === 0) return problemsOf(outcome, NAME, form);
  return lines.flatMap((line) => problemsOf({ ...outcome, ...line }, NAME, form));
}

/** Enters or amends a posting: what the law asks for first, the rest folded, and beside it what is wrong as one types. */
export function PostingForm({ initial, party, amending, submits, onSave, onCancel }: Props) {
  const t = useT();
  const [form] = Form.useForm<PostingValues>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState<Way | null>(null);
  const tomorrow = dayAfter(today());
  const start = initial ?? { ...emptyPosting(tomorrow), ...(party ? { partyId: party } : {}) };
  const check = useLint(form);
  const values = Form.useWatch([], { form, preserve: true }) as PostingValues | undefined;

  const save = async (way: Way) => {
    const fields = await form.validateFields().catch((refused: { errorFields: never[] }) => {
      setProblems(problemsOfFields(NAME, refused.errorFields));
      return null;
    });
    if (!fields) return;
    setBusy(way);
    const outcome = await onSave(form.getFieldsValue(true) as PostingValues, way);
    setBusy(null);
    setProblems(allProblems(outcome, form));
  };

  return (
    <>
      <ErrorSummary problems={problems} />
      <Form<PostingValues>
        form={form}
        name={NAME}
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        onKeyDown={(event) => {
          // Enter in a single-line field must not save half a form.
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
      >
        <div className="form-beside">
          <div>
            <RequiredFields amending={amending} tomorrow={tomorrow} />
            <Folded said={FOLDED.some((name) => Boolean(start[name]))} />
          </div>
          <CheckPanel check={check} values={values} form={NAME} />
        </div>
        <div className="actions form-end">
          {submits ? (
            <Button type="primary" loading={busy === 'submit'} onClick={() => void save('submit')}>
              {t('posting.saveAndSubmit')}
            </Button>
          ) : null}
          <Button type={submits ? 'default' : 'primary'} loading={busy === 'save'} onClick={() => void save('save')}>
            {t(submits ? 'posting.saveDraft' : 'action.save')}
          </Button>
          <Button onClick={onCancel}>{t('action.cancel')}</Button>
        </div>
      </Form>
    </>
  );
}

/** What follows by itself is folded, unless something of it was said. */
function Folded({ said }: { said: boolean }) {
  const t = useT();
  const [open, setOpen] = useState(said);
  return (
    <section className="card" aria-label={t('posting.section.more')}>
      <Button
        type="link"
        className="fold"
        aria-expanded={open}
        aria-controls="posting-more"
        onClick={() => setOpen(!open)}
      >
        {t(open ? 'posting.section.less' : 'posting.section.more')}
      </Button>
      <div id="posting-more" hidden={!open}>
        <FoldedFields />
      </div>
    </section>
  );
}
