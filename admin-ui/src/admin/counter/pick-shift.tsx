import { Input } from 'antd';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { OpenShiftsDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { useMoney } from '../kit/money';
import { Loaded } from '../kit/state';
import { endOfDay, narrowed, type OpenShift, shiftsOf } from './shifts';

interface Props {
  /** None where the counter is no market's: then those of the whole city. */
  marketId: string | null;
  box: RefObject<HTMLInputElement | null>;
  onPick: (shift: OpenShift) => void;
}

const DAYS = { today: 0, tomorrow: 1 } as const;

/** A shift that is open today, by typing: arrows to the line, Enter to take it. */
export function PickShift({ marketId, box, onPick }: Props) {
  const t = useT();
  const [day, setDay] = useState<keyof typeof DAYS>('today');
  // To the minute, so that the same question is asked again only when something changed.
  const [from] = useState(() => new Date(Math.floor(Date.now() / 60_000) * 60_000));
  const until = endOfDay(from.getTime(), DAYS[day]);
  const query = useQuery({
    query: OpenShiftsDocument,
    variables: {
      first: 100,
      filter: { ...(marketId ? { marketId } : {}), from: from.toISOString(), to: new Date(until).toISOString() },
    },
    requestPolicy: 'cache-and-network',
  });
  const other = day === 'today' ? 'tomorrow' : 'today';
  return (
    <section className="card" aria-labelledby="counter-pick">
      <div className="list-head flush-top">
        <h2 id="counter-pick">{t(`counter.pick.${day}`)}</h2>
        <button type="button" className="plain-button" onClick={() => setDay(other)}>
          {t(`counter.show.${other}`)}
        </button>
      </div>
      <Loaded query={query}>
        {(data) => (
          <Choices
            shifts={shiftsOf(
              (data.openPostings?.edges ?? []).map(({ node }) => node),
              from.getTime(),
              until,
            )}
            box={box}
            onPick={onPick}
          />
        )}
      </Loaded>
    </section>
  );
}

function Choices({ shifts, box, onPick }: { shifts: OpenShift[] } & Pick<Props, 'box' | 'onPick'>) {
  const t = useT();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const shown = narrowed(shifts, typed);
  const active = Math.min(at, Math.max(shown.length - 1, 0));
  useEffect(() => {
    box.current?.focus();
  }, [box]);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt(Math.min(Math.max(active + step, 0), Math.max(shown.length - 1, 0)));
    else if (event.key === 'Enter' && shown[active]) onPick(shown[active]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <label htmlFor={`${id}-in`}>{t('counter.pickLabel')}</label>
      <Input
        id={`${id}-in`}
        ref={(input) => {
          box.current = input?.input ?? null;
        }}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        {...(shown[active] ? { 'aria-activedescendant': `${id}-${shown[active].id}` } : {})}
        autoComplete="off"
        value={typed}
        placeholder={t('counter.pickHint')}
        onChange={(e) => {
          setTyped(e.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <p className="soft" role="status">
        {shown.length ? t('counter.pickCount', { n: shown.length }) : t('counter.pickNone')}
      </p>
      <div className="shift-list" role="listbox" id={`${id}-list`} aria-label={t('counter.pickLabel')}>
        {shown.slice(0, 50).map((shift, n) => (
          <Line
            key={shift.id}
            id={`${id}-${shift.id}`}
            shift={shift}
            active={n === active}
            onPick={() => onPick(shift)}
          />
        ))}
      </div>
    </>
  );
}

interface LineProps {
  id: string;
  shift: OpenShift;
  active: boolean;
  onPick: () => void;
}

function Line({ id, shift, active, onPick }: LineProps) {
  const t = useT();
  const money = useMoney();
  const term = useTerm();
  const hours = useHours();
  const { posting: p } = shift;
  useEffect(() => {
    if (active) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [active, id]);
  return (
    <button type="button" role="option" id={id} aria-selected={active} tabIndex={-1} className="shift" onClick={onPick}>
      <b className="nowrap">{hours(shift)}</b>
      <span>
        <b>{p.title}</b> {p.needsCertificate ? <Chip tone="warn">{t('counter.certificate')}</Chip> : null}{' '}
        {p.priority ? <Chip tone="good">{t('counter.priority')}</Chip> : null}
        <span className="soft block">{[p.tradeName, p.partyName, p.place].join(' · ')}</span>
      </span>
      <span className="shift-pay">
        <b>{money.wage(p)}</b> <span className="soft">{term('payDay', p.payDay)}</span>
        <span className="soft block">{t('counter.places', { n: shift.placesLeft })}</span>
      </span>
    </button>
  );
}

/** From when until when, with the day where it is not today. */
export function useHours() {
  const format = useFormat();
  return ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => {
    const [from = '', to = ''] = [format.dateTime(startsAt), format.dateTime(endsAt)];
    const today = format.date(new Date().toISOString());
    const start = from.startsWith(today) ? from.slice(11) : from.slice(5);
    return `${start}–${to.slice(11)}`;
  };
}
