import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { OpenPartyEvidenceDocument } from '../gql/graphql';
import { save } from '../kit/download';
import { FormDialog } from '../kit/form';
import { Reason } from '../kit/reason';

/** A paper that was shown, for a reason that the audit keeps. */
export function OpenEvidence({ of, name, text }: { of: string; name: string; text?: string }) {
  const t = useT();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const [run] = useAction(OpenPartyEvidenceDocument);
  if (!can('party.read_evidence')) return <>{t('evidence.kept')}</>;
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        aria-label={t('evidence.openOne', { name })}
        onClick={() => setOpen(true)}
      >
        {text ?? t('evidence.open')}
      </Button>
      {open ? (
        <FormDialog<{ reason: string }>
          name="evidence"
          title={t('evidence.openOne', { name })}
          submitText={t('evidence.open')}
          onClose={() => setOpen(false)}
          onSubmit={async ({ reason }) => {
            const outcome = await run({ of, reason: reason.trim() });
            if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
            return outcome;
          }}
        >
          <p>{t('evidence.text')}</p>
          <Reason hint={t('reveal.reasonHint')} least={4} max={200} />
        </FormDialog>
      ) : null}
    </>
  );
}
