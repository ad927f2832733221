import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { HireRulesDocument, type HireRulesInput, type HireRulesQuery, SetHireRulesDocument } from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { Loaded } from '../kit/state';

type Rules = NonNullable<HireRulesQuery['hireRules']>;

/** Those that no law gives and a city may leave open: what follows then, and what is said of it in the form. */
const OPEN = {
  allowancePercent: { unset: 'rules.noAllowance', hint: 'rules.allowanceHint' },
  allowanceDays: { unset: 'rules.noDays', hint: 'rules.daysHint' },
} as const;

const openOf = (key: keyof HireRulesInput) => (key in OPEN ? OPEN[key as keyof typeof OPEN] : null);

/** In the order in which they are read: cancelling, not coming, points, pay. */
const FIGURES = [
  'noticeHours',
  'graceMinutes',
  'allowancePercent',
  'allowanceDays',
  'fastLaneDays',
  'noShowMinutes',
  'standbyMinutes',
  'noShowPoints',
  'lateCancelPoints',
  'pointsDays',
  'pointsLimit',
  'completeHours',
  'unpaidHours',
] as const satisfies readonly (keyof HireRulesInput)[];

/** The city's rules of the hire (用工规则): for everybody to read, for the bureau to set. */
export function HireRulesCard() {
  const t = useT();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const query = useQuery({ query: HireRulesDocument });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <section aria-labelledby="rules-title">
      <div className="list-head">
        <h2 id="rules-title">{t('rules.title')}</h2>
        {can('hiring.rules') ? (
          <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
            {t('rules.set')}
          </Button>
        ) : null}
      </div>
      <Loaded query={query}>
        {({ hireRules: rules }) =>
          rules ? (
            <>
              <Facts className="long-terms">
                {FIGURES.map((key) => (
                  <Fact key={key} label={t(`rules.${key}`)}>
                    {rules[key] ?? t(openOf(key)?.unset ?? 'rules.noAllowance')}
                  </Fact>
                ))}
              </Facts>
              {open ? <SetRules rules={rules} onClose={() => setOpen(false)} onDone={refetch} /> : null}
            </>
          ) : null
        }
      </Loaded>
    </section>
  );
}

function SetRules({ rules, onClose, onDone }: { rules: Rules; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const [set] = useAction(SetHireRulesDocument);
  return (
    <FormDialog<HireRulesInput>
      name="hire-rules"
      width={720}
      title={t('rules.set')}
      initial={rules}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('rules.saved'));
        onDone();
      }}
      onClash={onDone}
      onSubmit={(typed) =>
        set({
          version: rules.version,
          input: {
            ...typed,
            allowancePercent: typed.allowancePercent ?? null,
            allowanceDays: typed.allowanceDays ?? null,
          },
        })
      }
    >
      <div className="filter-grid">
        {FIGURES.map((key) => {
          const open = openOf(key);
          return (
            <Form.Item
              key={key}
              name={key}
              label={t(`rules.${key}`)}
              rules={open ? [] : required(t(`rules.${key}`))}
              {...(open ? { extra: t(open.hint) } : {})}
            >
              <InputNumber precision={0} style={{ width: '100%' }} />
            </Form.Item>
          );
        })}
      </div>
    </FormDialog>
  );
}
