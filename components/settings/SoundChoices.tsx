import type { Settings } from '../../lib/settings/settings.ts';
import { changeSettings, useSettings } from '../../lib/settings/settingsStore.ts';
import { type SoundChoice, soundChoice, trySound } from '../../lib/sounds/playSound.ts';
import { SOUND_KINDS, type SoundKind } from '../../lib/sounds/soundName.ts';
import { Button } from '../ui/Button.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import styles from './SoundChoices.module.css';

const names: Record<SoundKind, string> = {
  fill: 'Order filled',
  partFill: 'Order partly filled',
  reject: 'Order rejected, or over a limit',
  marginCall: 'Margin call',
  connection: 'Connection lost, and back',
  level: 'Price crossed a level of yours',
  disarm: 'Armed ended',
};

/** Whether the desk is heard, and of what, how loud: each as it sounds by a press on Try. */
export function SoundChoices() {
  const { sounds } = useSettings();
  const change = (part: Partial<Settings['sounds']>) => changeSettings({ sounds: { ...sounds, ...part } });
  return (
    <>
      <div className={styles.row}>
        <Toggle isOn={sounds.isOn} onToggle={(isOn) => change({ isOn })}>
          Sounds on
        </Toggle>
        <Volume
          name="Volume of all sounds"
          percent={sounds.volumePercent}
          onPick={(volumePercent) => change({ volumePercent })}
        />
      </div>
      <ul className={styles.kinds} aria-label="What sounds">
        {SOUND_KINDS.map((kind) => (
          <KindRow
            key={kind}
            kind={kind}
            choice={soundChoice(sounds, kind)}
            onChoose={(choice) => change({ kinds: { ...sounds.kinds, [kind]: choice } })}
          />
        ))}
      </ul>
      <p className={styles.note}>
        Each volume is a share of the volume of all. Try is heard while sounds are off, too.
      </p>
    </>
  );
}

interface KindRowProps {
  kind: SoundKind;
  choice: SoundChoice;
  onChoose: (choice: SoundChoice) => void;
}

function KindRow({ kind, choice, onChoose }: KindRowProps) {
  const name = names[kind];
  return (
    <li className={styles.row}>
      <Toggle isOn={choice.isOn} onToggle={(isOn) => onChoose({ ...choice, isOn })}>
        {name}
      </Toggle>
      <Volume
        name={`Volume: ${name}`}
        percent={choice.volumePercent}
        isOff={!choice.isOn}
        onPick={(volumePercent) => onChoose({ ...choice, volumePercent })}
      />
      <Button size="row" isLook aria-label={`Try: ${name}`} onClick={() => trySound(kind)}>
        Try
      </Button>
    </li>
  );
}

interface VolumeProps {
  name: string;
  percent: number;
  isOff?: boolean;
  onPick: (percent: number) => void;
}

function Volume({ name, percent, isOff = false, onPick }: VolumeProps) {
  return (
    <span className={styles.volume}>
      <input
        type="range"
        aria-label={name}
        aria-valuetext={`${percent} %`}
        min={0}
        max={100}
        step={5}
        value={percent}
        disabled={isOff}
        onChange={(event) => onPick(Number(event.target.value))}
      />
      <output>{percent} %</output>
    </span>
  );
}
