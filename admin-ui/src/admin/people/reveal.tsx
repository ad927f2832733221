import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type PersonalField, RevealPersonalValueDocument } from '../gql/graphql';
import { useReturnFocus } from '../kit/focus';
import { FormDialog } from '../kit/form';
import { Reason } from '../kit/reason';

interface Props {
  id: string;
  field: PersonalField;
  /** The value as it is shown, masked. */
  masked: string;
}

/** A masked value with the way to see it whole: for a reason, until the dialog is closed. */
export function Masked({ id, field, masked }: Props) {
  const t = useT();
  const [reveal] = useAction(RevealPersonalValueDocument);
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  const title = t('reveal.title', { value: masked });
  return (
    <>
      {masked}{' '}
      <Button size="small" aria-haspopup="dialog" aria-label={title} onClick={() => setAsking(true)}>
        {t('reveal.show')}
      </Button>
      {asking ? (
        <FormDialog<{ reason: string }>
          name="reveal"
          title={title}
          submitText={t('reveal.show')}
          onClose={() => setAsking(false)}
          onSubmit={async ({ reason }) => {
            const outcome = await reveal({ input: { id, field, reason: reason.trim() } });
            if (outcome.kind === 'done') setValue(outcome.value.value);
            return outcome;
          }}
        >
          <p>{t('reveal.text')}</p>
          <Reason hint={t('reveal.reasonHint')} least={4} max={200} />
        </FormDialog>
      ) : null}
      {value === null ? null : <Whole title={title} value={value} onClose={() => setValue(null)} />}
    </>
  );
}

/** The value itself: kept nowhere else, and gone with the dialog. */
function Whole({ title, value, onClose }: { title: string; value: string; onClose: () => void }) {
  const t = useT();
  useReturnFocus();
  return (
    <Modal
      open
      title={title}
      destroyOnHidden
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('reveal.close')}</Button>}
    >
      <p role="status">
        <code className="secret">{value}</code>
      </p>
    </Modal>
  );
}
