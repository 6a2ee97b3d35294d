/** The agreement in Spanish: item by item what the English one says, and of the same version. */
import type { AgreementText } from '../../src/core/agreement.ts';

const calls =
  'Hearth mismo está en nuestras llamadas, para comprobar su cifrado y reproducir sonidos. Solo escucha cuando le pido que pruebe mi micrófono, durante unos segundos que después se olvidan. Donde las normas de nuestro grupo lo dicen y se avisa en la sala, cuenta cuánto tiempo habla cada persona, nunca lo que se dice: solo lo ve mi equipo, y se borra cuando este confirma la asistencia de la sesión, y a más tardar a los 30 días.';

export const agreement: AgreementText = {
  version: '2',
  locale: 'es',
  title: 'Nuestro acuerdo',
  items: [
    'Lo que se dice aquí, y quién está aquí, se queda aquí, también cuando el grupo haya terminado.',
    'El equipo guarda nuestra confidencialidad dentro de la ley. Ninguna ley obliga a ello a los miembros: eso descansa en la confianza que nos tenemos.',
    'El equipo puede tener que avisar a otros cuando alguien está en peligro, cuando se hace daño a un menor o a una persona adulta dependiente, o cuando lo ordena un tribunal.',
    'Nadie graba, hace capturas de pantalla, deja que una IA tome notas ni pasa enlaces o nombres.',
    'Me conecto desde un lugar privado, con auriculares, y nadie más nos ve ni nos oye. Si me interrumpen, silencio el micrófono o salgo.',
    'Uso un nombre de pila o un alias acordado. Es prudente tener una cuenta de Discord aparte que no diga nada más de mí.',
    'Antes de cada sesión el equipo sabe dónde estoy y a quién llamar por mí en una emergencia.',
    'Cumplimos la norma sobre la cámara que nuestro grupo acordó.',
    'Llego cinco minutos antes y aviso al equipo cuando no puedo venir. Llegar tarde puede contar como tarde o como parcial.',
    'Hablo por mí, dejo terminar a los demás, solo doy consejos cuando me los piden y doy mi opinión con cuidado.',
    'Siempre puedo pasar. Nadie pregunta por qué, y nunca cuenta en mi contra.',
    'Vengo sin haber bebido ni consumido, y nunca participo mientras conduzco.',
    'Mientras dure el grupo no tenemos citas, negocios ni encuentros fuera de él; si ocurre, lo contamos al grupo.',
    'Esto no es un servicio de emergencias, y nadie lo vigila a todas horas. En peligro llamo al número de emergencias o a la línea de crisis de donde estoy.',
    'Hearth guarda el número de mi cuenta de Discord, esta firma, cuándo estuve en la sala de voz, mis turnos, mis registros de llegada, mis reflexiones y mis metas, y si probé mi micrófono y con qué resultado, hasta que quienes llevan el programa lo borren. Lo que escribo y los valores que registro se guardan cifrados. No guarda voz, vídeo ni mensajes del chat. El grupo ve quién ha registrado su llegada, quién habla y lo que comparto con el grupo; mi equipo ve además lo que comparto con el equipo; mi equipo y los administradores del programa ven mi asistencia; una meta marcada «solo yo» se me muestra solo a mí. Quien maneja el ordenador que tiene los datos y su clave podría leerlo todo. Discord lo transporta todo: puede guardar y leer textos, órdenes y formularios, también las respuestas que solo yo veo; no firma ningún contrato de privacidad sanitaria (BAA), así que no envío historiales médicos. El dueño y los administradores de este servidor pueden ver todas las salas.',
    calls,
    'Puedo irme en cualquier momento, diciéndolo al equipo o con /agreement withdraw, que me cierra las salas. Si puedo, vengo a una última sesión para despedirme.',
    'Si alguien rompe este acuerdo, el equipo habla primero con las personas afectadas, y puede pausar o terminar el lugar de esa persona en el grupo.',
  ],
  confirmation: 'Acepto',
  allows: { 'talk-time': calls },
};
