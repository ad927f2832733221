import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { ChangePasswordDocument } from '../gql/graphql';
import { problemsOf, problemsOfFields } from '../kit/form';
import { ErrorSummary, type Problem } from '../kit/summary';

interface Values {
  current: string;
  new: string;
  again: string;
}

/** Change one's password; typed twice, because it cannot be seen. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [change, busy] = useAction(ChangePasswordDocument);
  const submit = async (values: Values) => {
    const outcome = await change({ input: { current: values.current, new: values.new } });
    setProblems(problemsOf(outcome, 'password', form));
    if (outcome.kind === 'done') {
      form.resetFields();
      onDone();
    }
  };
  const required = (label: string) => ({ required: true, message: t('form.required', { field: label }) });
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form<Values>
        form={form}
        name="password"
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
        onFinishFailed={({ errorFields }) => setProblems(problemsOfFields('password', errorFields as never))}
      >
        <Form.Item name="current" label={t('auth.currentPassword')} rules={[required(t('auth.currentPassword'))]}>
          <Input type="password" autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('auth.nextPassword')}
          extra={t('auth.passwordHint')}
          rules={[required(t('auth.nextPassword'))]}
        >
          <Input type="password" autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('auth.againPassword')}
          dependencies={['new']}
          rules={[
            required(t('auth.againPassword')),
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue('new')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('auth.passwordsDiffer'))),
            }),
          ]}
        >
          <Input type="password" autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('auth.changePassword')}
        </Button>
      </Form>
    </>
  );
}
