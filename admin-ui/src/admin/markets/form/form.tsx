import { Button, Form } from 'antd';
import { useEffect, useState } from 'react';
import { useT } from '../../app/i18n';
import type { Outcome } from '../../app/outcome';
import type { MarketInput } from '../../gql/graphql';
import { problemsOf, problemsOfFields } from '../../kit/form';
import { ErrorSummary, focusField, type Problem } from '../../kit/summary';
import { MarketFields } from './fields';
import { EMPTY, type MarketValues, toMarketInput } from './values';

const NAME = 'market';

interface Props {
  initial?: MarketValues;
  registering: boolean;
  /** Saves; a conflict is the caller's to show, everything else comes back to the fields. */
  onSave: (input: MarketInput, values: MarketValues) => Promise<Outcome<unknown> | 'conflict'>;
  onCancel: () => void;
}

/** Register or amend a market: errors on top, each a link to its field, and nothing typed is ever lost. */
export function MarketForm({ initial, registering, onSave, onCancel }: Props) {
  const t = useT();
  const [form] = Form.useForm<MarketValues>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);

  // Who comes from a refusal comes for one field; the heading has had the focus by then.
  useEffect(() => {
    const field = location.hash.slice(1);
    const timer = setTimeout(() => field && focusField(field), 100);
    return () => clearTimeout(timer);
  }, []);

  const submit = async () => {
    const values = form.getFieldsValue(true) as MarketValues;
    setBusy(true);
    const outcome = await onSave(toMarketInput(values), values);
    setBusy(false);
    setProblems(outcome === 'conflict' ? [] : problemsOf(outcome, NAME, form));
  };

  return (
    <>
      <ErrorSummary problems={problems} />
      <Form<MarketValues>
        form={form}
        name={NAME}
        layout="vertical"
        requiredMark={false}
        initialValues={initial ?? EMPTY}
        onFinish={() => void submit()}
        onFinishFailed={({ errorFields }) => setProblems(problemsOfFields(NAME, errorFields as never))}
        onKeyDown={(event) => {
          // Enter in a single-line field must not save half a form.
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
      >
        <MarketFields registering={registering} />
        <div className="actions form-end">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t(registering ? 'market.register' : 'action.save')}
          </Button>
          <Button onClick={onCancel}>{t('action.cancel')}</Button>
        </div>
      </Form>
    </>
  );
}
