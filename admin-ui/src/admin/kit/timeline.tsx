import { useT } from '../app/i18n';
import { useFormat } from './format';
import { Nothing } from './state';

interface Event {
  at: string;
  title: string;
  reason: string | null;
  actor: string | null;
  note?: string | null;
}

/** What happened, newest first, by whom and why. */
export function Timeline({ events }: { events: readonly Event[] }) {
  const t = useT();
  const format = useFormat();
  if (events.length === 0) return <Nothing text={t('timeline.none')} />;
  return (
    <ol className="timeline">
      {events.map((event) => (
        <li key={event.at + event.title}>
          <time dateTime={event.at}>{format.dateTime(event.at)}</time>
          <div>
            <b>{event.title}</b>
            {event.actor ? <span className="soft"> {event.actor}</span> : null}
            {event.reason ? <div>{event.reason}</div> : null}
            {event.note ? <div className="soft">{event.note}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
