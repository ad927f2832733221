import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type AccountPageQuery, AmendAccountDocument, type AmendAccountInput } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { DEPARTMENTS } from './scope';

interface Props {
  account: NonNullable<AccountPageQuery['account']>;
  refetch: () => void;
}

/** Another name, address, department or language of letters. The address is masked, so an empty field keeps it. */
export function AmendAccount({ account, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const [amend] = useAction(AmendAccountDocument);
  const required = useRequired();
  const { id, version, displayName, emailMasked, department, lang } = account;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('accounts.amend')}</Button>
      {open ? (
        <FormDialog<AmendAccountInput>
          name="amend-account"
          title={t('accounts.amendTitle', { name: displayName })}
          initial={{ displayName, department: department ?? null, lang }}
          onClose={() => setOpen(false)}
          onDone={(outcome) => {
            tell(outcome, t('accounts.amended'));
            refetch();
          }}
          onClash={refetch}
          onSubmit={(values) =>
            amend({
              id,
              version,
              input: { ...values, email: values.email?.trim() || null, department: values.department ?? null },
            })
          }
        >
          <Form.Item name="displayName" label={t('accounts.displayName')} rules={required(t('accounts.displayName'))}>
            <Input maxLength={50} />
          </Form.Item>
          <Form.Item name="email" label={t('accounts.newEmail')} extra={t('accounts.newEmailHint')}>
            <Input type="email" maxLength={120} placeholder={emailMasked ?? ''} />
          </Form.Item>
          <Form.Item name="department" label={t('accounts.department')}>
            <TermSelect group="department" values={DEPARTMENTS} allowClear />
          </Form.Item>
          <Form.Item name="lang" label={t('accounts.lang')}>
            <TermSelect group="letterLang" values={['ZH', 'EN']} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
