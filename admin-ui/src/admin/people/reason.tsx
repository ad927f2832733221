import { Form, Input } from 'antd';
import { useT } from '../app/i18n';

/** Why a personal value is looked at, handed out or erased; the audit keeps it. */
export function Reason() {
  const t = useT();
  return (
    <Form.Item
      name="reason"
      label={t('form.reason')}
      extra={t('reveal.reasonHint')}
      rules={[
        { required: true, whitespace: true, message: t('form.required', { field: t('form.reason') }) },
        { min: 4, transform: (text: string) => text?.trim(), message: t('reveal.reasonHint') },
      ]}
    >
      <Input.TextArea rows={3} maxLength={200} />
    </Form.Item>
  );
}
