import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { SetFirstReportDocument } from '../gql/graphql';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';

interface Props {
  first: { dueOn: string | null; version: number };
  /** A city that has reported keeps the day it had. */
  reported: boolean;
  refetch: () => void;
}

/** The day of the city's first report (首次报送日期); without one the yearly rule holds. */
export function FirstReportCard({ first, reported, refetch }: Props) {
  const { dueOn, version } = first;
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const [set] = useAction(SetFirstReportDocument);
  const may = can('return.schedule') && !reported;
  if (!may && !dueOn) return null;
  return (
    <section className="card" aria-labelledby="first-report">
      <h2 id="first-report">{t('returns.first')}</h2>
      <p>{dueOn ? t('returns.firstOn', { date: format.date(dueOn) }) : t('returns.firstNone')}</p>
      {may ? <Button onClick={() => setOpen(true)}>{t('returns.firstSet')}</Button> : null}
      {open ? (
        <FormDialog<{ dueOn?: string }>
          name="first-report-day"
          title={t('returns.firstSet')}
          initial={dueOn ? { dueOn } : {}}
          onClose={() => setOpen(false)}
          onDone={refetch}
          onClash={refetch}
          onSubmit={({ dueOn: day }) => set({ dueOn: day || null, version })}
        >
          <p>{t('returns.firstText')}</p>
          <Form.Item name="dueOn" label={t('returns.firstDay')} extra={t('returns.firstHint')}>
            <Input type="date" min={today()} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </section>
  );
}
