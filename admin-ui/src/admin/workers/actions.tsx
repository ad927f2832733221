import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { CountyPicker } from '../counter/county';
import {
  AmendWorkerDocument,
  type AmendWorkerInput,
  CloseWorkerDocument,
  StillLookingDocument,
  StopLookingDocument,
} from '../gql/graphql';
import { TermMulti } from '../kit/choice';
import { ConfirmButton } from '../kit/confirm';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { TradesPicker } from '../kit/trades';
import type { WorkerProps } from './detail';

const HOURS = ['DAWN', 'DAY', 'EVENING', 'NIGHT'] as const;

/** Still looking or no longer, amending, closing. */
export function WorkerActions({ worker, refetch }: WorkerProps) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [amending, setAmending] = useState(false);
  const [still, stillBusy] = useAction(StillLookingDocument);
  const [stop, stopBusy] = useAction(StopLookingDocument);
  const [close] = useAction(CloseWorkerDocument);
  if (worker.status === 'CLOSED') return null;
  const run = async (done: Promise<Outcome<unknown>>, text: string) => {
    tell(await done, text);
    refetch();
  };
  const workerId = worker.id;
  return (
    <>
      {can('worker.looking') ? (
        <>
          <Button loading={stillBusy} onClick={() => void run(still({ workerId }), t('counter.lookingNow'))}>
            {t('counter.stillLooking')}
          </Button>
          {worker.looking ? (
            <Button loading={stopBusy} onClick={() => void run(stop({ workerId }), t('workers.stopped'))}>
              {t('workers.stop')}
            </Button>
          ) : null}
        </>
      ) : null}
      {can('worker.amend') ? (
        <Button aria-haspopup="dialog" onClick={() => setAmending(true)}>
          {t('workers.amend')}
        </Button>
      ) : null}
      {can('worker.close') ? (
        <ConfirmButton
          ask={t('workers.closeAsk')}
          text={t('workers.close')}
          label={t('workers.close')}
          size="middle"
          onConfirm={() => run(close({ id: worker.id, version: worker.version }), t('workers.closed'))}
        />
      ) : null}
      {amending ? <Amend worker={worker} refetch={refetch} onClose={() => setAmending(false)} /> : null}
    </>
  );
}

type Typed = AmendWorkerInput;

/** What is left empty of name and numbers stays as it is: whoever amends does not see it whole. */
function Amend({ worker, refetch, onClose }: WorkerProps & { onClose: () => void }) {
  const t = useT();
  const tell = useTell();
  const [amend] = useAction(AmendWorkerDocument);
  return (
    <FormDialog<Typed>
      name="amend-worker"
      width={680}
      title={t('workers.amend')}
      initial={{
        trades: worker.trades.map(({ code }) => code),
        county: worker.county,
        hours: worker.hours,
        radiusKm: worker.radiusKm,
        steadyJob: worker.steadyJob,
        training: worker.training,
      }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('workers.amended'));
        refetch();
      }}
      onClash={refetch}
      onSubmit={({ name, idNumber, phone, ...rest }) =>
        amend({
          id: worker.id,
          version: worker.version,
          input: {
            ...rest,
            ...(name?.trim() ? { name: name.trim() } : {}),
            ...(idNumber?.trim() ? { idNumber: idNumber.trim() } : {}),
            ...(phone?.trim() ? { phone: phone.trim() } : {}),
          },
        })
      }
    >
      <AmendFields worker={worker} />
    </FormDialog>
  );
}

function AmendFields({ worker }: Pick<WorkerProps, 'worker'>) {
  const t = useT();
  const required = useRequired();
  return (
    <>
      <div className="filter-grid">
        <Form.Item name="trades" label={t('workers.trades')} rules={required(t('workers.trades'))}>
          <TradesPicker />
        </Form.Item>
        <Form.Item name="county" label={t('workers.county')} rules={required(t('workers.county'))}>
          <CountyPicker />
        </Form.Item>
        <Form.Item name="hours" label={t('workers.hours')}>
          <TermMulti group="workHours" values={HOURS} placeholder={t('counter.anyHours')} />
        </Form.Item>
        <Form.Item name="radiusKm" label={t('counter.radius')}>
          <InputNumber precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="name" label={t('workers.newName')} extra={worker.nameMasked}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="idNumber" label={t('workers.newIdNumber')} extra={worker.idNumberMasked}>
          <Input maxLength={24} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('workers.newPhone')} extra={worker.phoneMasked ?? t('counter.noPhone')}>
          <Input maxLength={20} autoComplete="off" inputMode="tel" />
        </Form.Item>
      </div>
      <Form.Item name="steadyJob" valuePropName="checked">
        <Checkbox>{t('workers.steadyJob')}</Checkbox>
      </Form.Item>
      <Form.Item name="training" valuePropName="checked">
        <Checkbox>{t('workers.training')}</Checkbox>
      </Form.Item>
    </>
  );
}
