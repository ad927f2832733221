import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import type { Outcome } from '../app/outcome';
import { save } from './download';
import { FormDialog } from './form';
import { Reason } from './reason';

interface Props {
  name: string;
  title: string;
  text: string;
  open: (reason: string) => Promise<Outcome<{ url: string; fileName: string }>>;
}

/** A file that somebody is shown for a reason, which the audit keeps. */
export function OpenFile({ name, title, text, open }: Props) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" aria-haspopup="dialog" aria-label={title} onClick={() => setAsking(true)}>
        {text}
      </Button>
      {asking ? (
        <FormDialog<{ reason: string }>
          name={name}
          title={title}
          submitText={text}
          onClose={() => setAsking(false)}
          onSubmit={async ({ reason }) => {
            const outcome = await open(reason.trim());
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
