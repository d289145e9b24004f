import type { ReceiptWords } from './zh.js';

export const words: ReceiptWords = {
  giveHeading: 'Beleg',
  giveAbout:
    'Beweist, dass dieses Anliegen, Ihre Worte und der Zeitpunkt der Annahme in einem Verzeichnis stehen, das niemand unbemerkt umschreiben kann. Bewahren Sie ihn auf: Jeder kann ihn später prüfen, auch Sie. Er enthält weder Ihren Namen noch Ihre Nummer noch Ihre Worte.',
  give: 'Beleg holen',
  later: 'Gleich: Der Eintrag wird geschrieben und unterschrieben, meist in Sekunden.',
  still:
    'Noch nicht unterschrieben. Bitte versuchen Sie es in einigen Minuten wieder, oder rufen Sie 12345 an.',
  altered:
    'Was von Ihrem Anliegen aufbewahrt ist, ist nicht, was bei der Annahme festgehalten wurde; ein Beleg kann nicht gegeben werden. Bitte rufen Sie 12345 an und fragen Sie, warum.',
  entry: 'Eintrag {n} des Verzeichnisses',
  save: 'Als Datei sichern',
  print: 'Drucken',
  toCheck: 'Prüfen',
  qr: 'QR-Code des Belegs',
  checkHeading: 'Einen Beleg prüfen',
  checkAbout: 'Ohne Konto. Wählen Sie die Datei des Belegs, oder fügen Sie den Text des QR-Codes ein.',
  file: 'Datei des Belegs',
  pasted: 'Text des QR-Codes',
  no: 'Nummer des Anliegens (freiwillig)',
  words: 'Die Worte des Anliegens (freiwillig; jeder Buchstabe, jedes Komma zählt)',
  check: 'Prüfen',
  genuine: 'Der Beleg ist echt',
  contradicted: 'Der Beleg ist echt, aber das Verzeichnis von heute widerspricht ihm',
  truncated:
    'Der Beleg ist unvollständig: Das Ende fehlt. Wählen Sie die Datei noch einmal, oder fügen Sie den ganzen Text ein',
  noReceipt: 'Das ist kein Beleg',
  forged: 'Der Beleg wurde verändert und gilt nicht',
  foreign: 'Diesen Beleg hat nicht das Verzeichnis dieser Hotline unterschrieben',
  acceptedAt: 'Angenommen',
  issuedAt: 'Ausgestellt',
  where: 'Wo er steht',
  signed: 'Unterschrieben von',
  witnessed: 'Bezeugt von',
  nobody: 'Niemandem außerhalb',
  today: 'Das Verzeichnis heute',
  continues:
    '{n} Einträge, und es beginnt noch mit den {m}, auf denen der Beleg beruht: Es wurde seither nicht umgeschrieben',
  rolledBack: 'ist kürzer, als der Beleg sagt: Es wurde vielleicht zurückgesetzt',
  rewritten: 'beginnt mit anderen oder beschädigten Einträgen',
  entryGone: 'hat den Eintrag des Belegs nicht mehr',
  alarm: 'Das wurde festgehalten, und die Prüfer wurden benachrichtigt. Bitte bewahren Sie den Beleg auf.',
  fits: 'Nummer und Worte sind die bei der Annahme festgehaltenen',
  differs: 'Nummer oder Worte sind nicht die bei der Annahme festgehaltenen',
  notAsked: 'Nummer und Worte wurden nicht angegeben: Um welches Anliegen es geht, wurde nicht geprüft',
};
