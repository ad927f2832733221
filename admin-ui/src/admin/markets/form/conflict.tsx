import { Alert, Button, Radio } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type MessageKey, useT } from '../../app/i18n';
import type { MarketFormFragment, MarketInput } from '../../gql/graphql';
import { differences, type Field, merge, type Side } from './conflict-rules';
import { useShown } from './show';
import { fromMarket, toMarketInput } from './values';

interface Props {
  message: string;
  base: MarketFormFragment;
  mine: MarketInput;
  current: MarketFormFragment;
  onSave: (input: MarketInput) => void;
  onBack: () => void;
  busy: boolean;
}

const label = (field: Field) => `conflict.${field}` as MessageKey;

/** Somebody saved first: field by field, keep mine or take theirs, then save again on top of theirs. */
export function ConflictView({ message, base, mine, current, onSave, onBack, busy }: Props) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const theirs = useMemo(() => toMarketInput(fromMarket(current)), [current]);
  const found = useMemo(() => differences(toMarketInput(fromMarket(base)), mine, theirs), [base, mine, theirs]);
  const [chosen, setChosen] = useState<Partial<Record<Field, Side>>>(() =>
    Object.fromEntries(found.flatMap((d) => (d.proposed ? [[d.field, d.proposed]] : []))),
  );
  const shown = useShown({
    division: namesOf([base, current].map((m) => [m.address.division.code, m.address.division.fullName])),
    trade: namesOf([...base.trades, ...current.trades].map((x) => [x.code, x.name])),
  });
  useEffect(() => heading.current?.focus(), []);
  const open = found.filter((d) => !chosen[d.field]).length;

  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        {t('conflict.title')}
      </h2>
      <Alert type="warning" showIcon title={message} />
      <p>{t(found.length > 0 ? 'conflict.lead' : 'conflict.none')}</p>
      {found.map((difference) => (
        <fieldset key={difference.field} className="conflict-row">
          <legend>
            {t(label(difference.field))}
            <span className="soft">
              {t(
                difference.proposed === null
                  ? 'conflict.both'
                  : difference.proposed === 'mine'
                    ? 'conflict.onlyMine'
                    : 'conflict.onlyTheirs',
              )}
            </span>
          </legend>
          <Radio.Group
            value={chosen[difference.field] ?? null}
            onChange={(e) => setChosen({ ...chosen, [difference.field]: e.target.value as Side })}
            className="conflict-sides"
            options={(['mine', 'theirs'] as const).map((side) => ({
              value: side,
              label: (
                <>
                  <b>{t(`conflict.${side}`)}</b> {shown(difference.field, difference[side])}
                </>
              ),
            }))}
          />
        </fieldset>
      ))}
      {open > 0 ? <p role="status">{t('conflict.open', { n: open })}</p> : null}
      <div className="actions">
        <Button type="primary" disabled={open > 0} loading={busy} onClick={() => onSave(merge(mine, theirs, chosen))}>
          {t('conflict.save')}
        </Button>
        <Button onClick={onBack}>{t('conflict.back')}</Button>
      </div>
    </section>
  );
}

const namesOf = (pairs: string[][]) => Object.fromEntries(pairs) as Record<string, string>;
