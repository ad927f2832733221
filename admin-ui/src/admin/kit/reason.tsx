import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import type { Outcome } from '../app/outcome';
import { FormDialog } from './form';

interface Props {
  name: string;
  title: string;
  text?: string;
  hint?: string;
  submitText: string;
  danger?: boolean;
  max?: number;
  onClose: () => void;
  onDone: () => void;
  onSubmit: (reason: string) => Promise<Outcome<unknown>>;
}

interface FieldProps {
  hint?: string;
  least?: number;
  max?: number;
}

/** Why: the audit keeps it. */
export function Reason({ hint, least = 1, max = 300 }: FieldProps) {
  const t = useT();
  return (
    <Form.Item
      name="reason"
      label={t('form.reason')}
      extra={hint}
      rules={[
        { required: true, whitespace: true, message: t('form.required', { field: t('form.reason') }) },
        { min: least, transform: (text: string) => text?.trim(), message: hint },
      ]}
    >
      <Input.TextArea rows={3} maxLength={max} />
    </Form.Item>
  );
}

/** A step that must say why: it stands in the record for good. */
export function ReasonDialog({ text, hint, max, danger = true, onSubmit, ...dialog }: Props) {
  return (
    <FormDialog<{ reason: string }> {...dialog} danger={danger} onSubmit={({ reason }) => onSubmit(reason.trim())}>
      {text ? <p>{text}</p> : null}
      <Reason hint={hint} max={max} />
    </FormDialog>
  );
}
