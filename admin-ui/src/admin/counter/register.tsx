import { Button, Checkbox, Form, type FormInstance, Input, InputNumber } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useT } from '../app/i18n';
import { Act, type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type CounterWorkerFragment, RegisterWorkerDocument, type WorkerInput } from '../gql/graphql';
import { TermMulti, TermSelect } from '../kit/choice';
import { problemsOf, problemsOfFields } from '../kit/form';
import { useRequired } from '../kit/rules';
import { ErrorSummary, type Problem } from '../kit/summary';
import { TradesPicker } from '../kit/trades';
import { ConsentFields, type ConsentValues, takeConsent } from './consent';
import { CountyPicker } from './county';
import type { Prefill } from './look-up';
import { focusNext, onEnter } from './next-field';
import { isMobile, isWhole } from './typed';

const FORM = 'counter-worker';
const HOURS = ['DAWN', 'DAY', 'EVENING', 'NIGHT'] as const;

export interface Values extends ConsentValues, Omit<WorkerInput, 'consent' | 'phone' | 'radiusKm'> {
  phone?: string;
  radiusKm?: number | null;
}

interface Props {
  marketId: string | null;
  prefill: Prefill;
  onDone: (worker: CounterWorkerFragment, known: boolean) => void;
  onCancel: () => void;
}

/** A new worker in six fields; what is whole hands the focus on, and every refusal stands at its field. */
export function Register(props: Props) {
  const { marketId, prefill, onCancel } = props;
  const t = useT();
  const { form, busy, problems, setProblems, submit } = useRegistration(props);
  const box = useRef<HTMLDivElement>(null);
  const next = () => focusNext(box.current, document.activeElement);
  usePassOver(prefill);
  return (
    <section className="card counter-form" aria-labelledby="counter-new">
      <h2 id="counter-new">{t('counter.new')}</h2>
      <p className="soft">{t(prefill.fromCard ? 'counter.fromCard' : 'counter.newHint')}</p>
      <ErrorSummary problems={problems} />
      <div ref={box}>
        <Form<Values>
          form={form}
          name={FORM}
          layout="vertical"
          requiredMark={false}
          scrollToFirstError={false}
          initialValues={{ how: isMobile(prefill.phone) || !prefill.phone ? 'PHONE_CODE' : 'SIGNED_PAPER', ...prefill }}
          onFinish={(values) => void submit(values)}
          onFinishFailed={({ errorFields }) => setProblems(problemsOfFields(FORM, errorFields as never))}
        >
          <div className="filter-grid">
            <Person next={next} />
            <Work next={next} />
          </div>
          <ConsentFields
            name={FORM}
            at={{ marketId }}
            next={next}
            onSent={() => setProblems([])}
            onProblems={setProblems}
          />
          <More form={form} />
          <div className="form-buttons">
            <Button type="primary" htmlType="submit" loading={busy} data-stop>
              {t('counter.register')}
            </Button>
            <Button onClick={onCancel}>{t('action.cancel')}</Button>
          </div>
        </Form>
      </div>
    </section>
  );
}

/** The consent first, then the worker; who is registered already is handed on as known. */
function useRegistration({ marketId, prefill, onDone }: Props) {
  const client = useClient();
  const [form] = Form.useForm<Values>();
  const [register, busy] = useAction(RegisterWorkerDocument);
  const [problems, setProblems] = useState<Problem[]>([]);
  const act = useRef(new Act());
  const submit = async (values: Values) => {
    setProblems([]);
    const consent = await takeConsent(client, values, act.current);
    if (consent.kind !== 'done') return setProblems(problemsOf(consent, FORM, form));
    const outcome = await register({ marketId, input: inputOf(values, prefill, consent.value) });
    if (outcome.kind === 'done') return onDone(outcome.value, false);
    const existing = outcome.kind === 'refused' ? (outcome.refusal.existing as CounterWorkerFragment | null) : null;
    if (existing) return onDone(existing, true);
    setProblems(problemsOf(atConsent(outcome, values), FORM, form));
  };
  return { form, busy, problems, setProblems, submit };
}

/** Whatever is known already is passed over. */
function usePassOver(prefill: Prefill) {
  useEffect(() => {
    const first = (['name', 'idNumber', 'phone', 'trades'] as const).find((field) => !prefill[field as keyof Prefill]);
    document.getElementById(`${FORM}_${first ?? 'trades'}`)?.focus();
  }, [prefill]);
}

/** Who it is: the card, and how to reach the person. */
function Person({ next }: { next: () => void }) {
  const t = useT();
  const required = useRequired();
  return (
    <>
      <Form.Item name="name" label={t('counter.name')} rules={required(t('counter.name'))} data-stop>
        <Input maxLength={50} autoComplete="off" onKeyDown={(e) => onEnter(e, next)} />
      </Form.Item>
      <Form.Item name="idNumber" label={t('counter.idNumber')} rules={required(t('counter.idNumber'))} data-stop>
        <Input
          maxLength={24}
          autoComplete="off"
          inputMode="text"
          onKeyDown={(e) => onEnter(e, next)}
          onChange={(e) => isWhole.idNumber(e.target.value) && next()}
        />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('counter.phone')}
        extra={t('counter.phoneHint')}
        rules={required(t('counter.phone'))}
        data-stop
      >
        <Input
          maxLength={20}
          autoComplete="off"
          inputMode="tel"
          onKeyDown={(e) => onEnter(e, next)}
          onChange={(e) => isWhole.phone(e.target.value) && next()}
        />
      </Form.Item>
    </>
  );
}

/** What is wanted, and in which county. In the list of trades Enter takes a line; with nothing typed it goes on. */
function Work({ next }: { next: () => void }) {
  const t = useT();
  const required = useRequired();
  const form = Form.useFormInstance<Values>();
  return (
    <>
      <Form.Item
        name="trades"
        label={t('counter.trades')}
        extra={t('counter.tradesHint')}
        rules={required(t('counter.trades'))}
        data-stop
      >
        <Trades onGoOn={() => (form.getFieldValue('trades')?.length ? next() : undefined)} />
      </Form.Item>
      <Form.Item name="county" label={t('counter.county')} rules={required(t('counter.county'))} data-stop>
        <CountyPicker onGoOn={next} />
      </Form.Item>
    </>
  );
}

interface TradesProps {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  onGoOn: () => void;
}

function Trades({ onGoOn, ...field }: TradesProps) {
  return (
    <div
      onKeyDownCapture={(event) => {
        const typed = (event.target as HTMLInputElement).value;
        if (event.key === 'Enter' && !typed && field.value?.length) onEnter(event, onGoOn);
      }}
    >
      <TradesPicker {...field} />
    </div>
  );
}

/** What may be left out, one press away. */
function More({ form }: { form: FormInstance<Values> }) {
  const t = useT();
  const { viewer } = useSession();
  const idNumber = Form.useWatch('idNumber', form) ?? '';
  // The seventeenth digit of a citizen number: even for women.
  const woman = isWhole.idNumber(idNumber) && Number(idNumber.trim()[16]) % 2 === 0;
  return (
    <details className="more" key={viewer.tenant.code}>
      <summary>{t('counter.more')}</summary>
      <div className="filter-grid">
        <Form.Item name="hours" label={t('counter.hours')}>
          <TermMulti group="workHours" values={HOURS} placeholder={t('counter.anyHours')} />
        </Form.Item>
        <Form.Item name="radiusKm" label={t('counter.radius')}>
          <InputNumber min={1} max={200} style={{ width: '100%' }} />
        </Form.Item>
        {woman ? (
          <Form.Item name="retirementKind" label={t('counter.retirement')} extra={t('counter.retirementHint')}>
            <TermSelect group="femaleKind" values={['FEMALE50', 'FEMALE55']} allowClear />
          </Form.Item>
        ) : null}
        <Form.Item name="steadyJob" valuePropName="checked">
          <Checkbox>{t('counter.steadyJob')}</Checkbox>
        </Form.Item>
        <Form.Item name="training" valuePropName="checked">
          <Checkbox>{t('counter.training')}</Checkbox>
        </Form.Item>
      </div>
    </details>
  );
}

export function inputOf(values: Values, prefill: Prefill, consent: WorkerInput['consent']): WorkerInput {
  return {
    name: values.name.trim(),
    idNumber: values.idNumber.trim(),
    phone: (values.phone ?? '').trim(),
    trades: values.trades,
    county: values.county,
    hours: values.hours?.length ? values.hours : null,
    radiusKm: values.radiusKm ?? null,
    retirementKind: values.retirementKind ?? null,
    steadyJob: values.steadyJob ?? null,
    training: values.training ?? null,
    // Typed over, it is no longer what the card said.
    fromCard: prefill.fromCard && prefill.idNumber === values.idNumber.trim(),
    consent,
  };
}

/** A refused consent stands at what it rests on. */
function atConsent<S>(outcome: Outcome<S>, { how }: Values): Outcome<S> {
  if (outcome.kind !== 'refused' || !outcome.field?.startsWith('input.consent')) return outcome;
  return { ...outcome, field: { PHONE_CODE: 'code', SIGNED_PAPER: 'paper', SPOKEN: 'witness' }[how] };
}
