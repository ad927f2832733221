import { Alert, Form, type FormInstance, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useT } from '../app/i18n';
import { fieldPath, type Outcome } from '../app/outcome';
import { useReturnFocus } from './focus';
import { ErrorSummary, type Problem } from './summary';

/** The id antd gives the control of a field. */
export const fieldId = (form: string, path: (string | number)[]) => [form, ...path].join('_');

/** What a form has to say about an outcome: the refusal at its field and in the summary, or the fault on top. */
export function problemsOf(outcome: Outcome<unknown>, formName: string, form: FormInstance): Problem[] {
  if (outcome.kind === 'done') return [];
  if (outcome.kind === 'fault') return [{ message: outcome.message }];
  if (!outcome.field) return [{ message: outcome.message }];
  const path = fieldPath(outcome.field);
  if (path.length === 0) return [{ message: outcome.message }];
  const control = form.getFieldInstance(path) as unknown;
  if (!control && !document.getElementById(fieldId(formName, path))) return [{ message: outcome.message }];
  form.setFields([{ name: path, errors: [outcome.message] }]);
  return [{ fieldId: fieldId(formName, path), message: outcome.message }];
}

export function problemsOfFields(
  formName: string,
  fields: { name: (string | number)[]; errors: string[] }[],
): Problem[] {
  return fields.flatMap(({ name, errors }) =>
    errors.slice(0, 1).map((message) => ({ fieldId: fieldId(formName, name), message })),
  );
}

/** A dialog with a form begins in its first field, whether or not the dialog moved on its way in. */
const firstField = (form: string) =>
  document.getElementById(form)?.querySelector<HTMLElement>('input:not([hidden]):not(:disabled), textarea');

interface Props<V> {
  name: string;
  title: string;
  initial?: Partial<V>;
  submitText?: string;
  danger?: boolean;
  width?: number;
  onClose: () => void;
  onSubmit: (values: V) => Promise<Outcome<unknown>>;
  onDone?: (outcome: Outcome<unknown>) => void;
  /** Reads again what the dialog is about; what `initial` then holds is the newest state. */
  onClash?: (() => void) | undefined;
  children: ReactNode;
}

/**
 * A dialog with a form: closes when done, keeps what was typed when refused and says why. Where somebody else was
 * faster, one looks at both sides and saves the one that is shown.
 */
export function FormDialog<V extends object>(props: Props<V>) {
  const t = useT();
  useReturnFocus();
  const [form] = Form.useForm<V>();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [mine, setMine] = useState<V | null>(null);

  const submit = async (values: V) => {
    setBusy(true);
    setProblems([]);
    const outcome = await props.onSubmit(values);
    setBusy(false);
    if (outcome.kind === 'done') {
      props.onClose();
      props.onDone?.(outcome);
      return;
    }
    setProblems(problemsOf(outcome, props.name, form));
    if (outcome.kind === 'refused' && outcome.code === 'CONFLICT' && props.onClash) {
      setMine(form.getFieldsValue(true) as V);
      props.onClash();
    }
  };

  return (
    <Modal
      open
      title={props.title}
      okText={props.submitText ?? t('action.save')}
      okButtonProps={{ danger: props.danger ?? false, loading: busy }}
      cancelText={t('action.cancel')}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      afterClose={() => setProblems([])}
      afterOpenChange={(open) => {
        if (open) firstField(props.name)?.focus();
      }}
      width={props.width ?? 560}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <ErrorSummary problems={problems} />
      {mine ? <Sides form={form} mine={mine} /> : null}
      <Form<V>
        form={form}
        name={props.name}
        layout="vertical"
        {...(props.initial ? { initialValues: props.initial } : {})}
        onFinish={(values) => void submit(values)}
        onFinishFailed={({ errorFields }) => setProblems(problemsOfFields(props.name, errorFields as never))}
        scrollToFirstError={false}
        requiredMark={false}
        preserve={false}
      >
        {props.children}
        {/* The buttons stand outside the form; Enter needs one inside. */}
        <input type="submit" hidden />
      </Form>
    </Modal>
  );
}

/** What I entered, and what is stored now: the form shows one of the two. */
function Sides<V extends object>({ form, mine }: { form: FormInstance<V>; mine: V }) {
  const t = useT();
  const [side, setSide] = useState<'mine' | 'theirs'>('mine');
  const show = (next: 'mine' | 'theirs') => {
    setSide(next);
    form.resetFields();
    if (next === 'mine') form.setFieldsValue(mine as never);
  };
  return (
    <Alert
      className="gap"
      type="warning"
      title={t('form.clash')}
      description={
        <Radio.Group
          aria-label={t('form.clash')}
          value={side}
          onChange={(e) => show(e.target.value as typeof side)}
          options={(['mine', 'theirs'] as const).map((value) => ({ value, label: t(`form.clash.${value}`) }))}
        />
      }
    />
  );
}
