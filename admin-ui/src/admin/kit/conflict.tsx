import { Alert, Button, Radio } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { type Difference, differences, merge, type Side } from './conflict-rules';

/** Two versions of one thing, and how it is talked about. */
export interface Compared<I extends object, F extends string> {
  /** What a person chooses between, one by one. */
  fields: readonly F[];
  /** What both began with. */
  base: I;
  mine: I;
  theirs: I;
  label: (field: F) => string;
  /** Any field in words. */
  shown: (field: F, value: unknown) => string;
}

interface Props<I extends object, F extends string> extends Compared<I, F> {
  message: string;
  onSave: (input: I) => void;
  onBack: () => void;
  busy: boolean;
}

/** Somebody saved first: field by field, keep mine or take theirs, then save again on top of theirs. */
export function ConflictView<I extends object, F extends string>(props: Props<I, F>) {
  const { fields, base, mine, theirs, label, shown, message, onSave, onBack, busy } = props;
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const found = useMemo(() => differences(fields, base, mine, theirs), [fields, base, mine, theirs]);
  const [chosen, setChosen] = useState(
    () => Object.fromEntries(found.flatMap((d) => (d.proposed ? [[d.field, d.proposed]] : []))) as Chosen<F>,
  );
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
        <Row
          key={difference.field}
          difference={difference}
          label={label(difference.field)}
          shown={(side) => shown(difference.field, difference[side])}
          side={chosen[difference.field] ?? null}
          onChoose={(side) => setChosen({ ...chosen, [difference.field]: side })}
        />
      ))}
      {open > 0 ? <p role="status">{t('conflict.open', { n: open })}</p> : null}
      <div className="actions">
        <Button
          type="primary"
          disabled={open > 0}
          loading={busy}
          onClick={() => onSave(merge(fields, mine, theirs, chosen))}
        >
          {t('conflict.save')}
        </Button>
        <Button onClick={onBack}>{t('conflict.back')}</Button>
      </div>
    </section>
  );
}

type Chosen<F extends string> = Partial<Record<F, Side>>;

interface RowProps {
  difference: Difference<string>;
  label: string;
  shown: (side: Side) => string;
  side: Side | null;
  onChoose: (side: Side) => void;
}

const WHO = { mine: 'conflict.onlyMine', theirs: 'conflict.onlyTheirs' } as const;

function Row({ difference: { proposed }, label, shown, side, onChoose }: RowProps) {
  const t = useT();
  return (
    <fieldset className="conflict-row">
      <legend>
        {label}
        <span className="soft">{t(proposed ? WHO[proposed] : 'conflict.both')}</span>
      </legend>
      <Radio.Group
        value={side}
        onChange={(e) => onChoose(e.target.value as Side)}
        className="conflict-sides"
        options={(['mine', 'theirs'] as const).map((value) => ({
          value,
          label: (
            <>
              <b>{t(`conflict.${value}`)}</b> {shown(value)}
            </>
          ),
        }))}
      />
    </fieldset>
  );
}
