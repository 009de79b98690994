//! Jobs at hosts, done by a few threads in the order of politeness.

use crate::web::{Next, Turn, Web, host};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// How many requests are under way at once, at as many hosts.
const THREADS: usize = 6;

/// Something to ask.
#[derive(Debug, Clone)]
pub struct Job<W> {
    /// The link that it is about, by its key.
    pub link: String,
    /// The address that is asked first.
    pub at: Url,
    /// What is asked.
    pub what: W,
}

/// Does jobs, those at free hosts first, and hands over what comes of each, as it
/// comes. Ends when all are done, none may be, or `stop` is set: then it leaves
/// what is under way behind.
pub fn work<W, T>(
    jobs: Vec<Job<W>>,
    web: &Arc<Web>,
    stop: &Arc<AtomicBool>,
    doing: impl Fn(&Web, &Job<W>, Turn) -> T + Send + Sync + 'static,
    mut each: impl FnMut(Job<W>, T),
) where
    W: Send + 'static,
    T: Send + 'static,
{
    let threads = THREADS.min(jobs.len());
    let queue = Arc::new(Mutex::new(jobs));
    let doing = Arc::new(doing);
    let (send, receive) = sync_channel(THREADS);
    for _ in 0..threads {
        let (queue, web, stop) = (queue.clone(), web.clone(), stop.clone());
        let (doing, send) = (doing.clone(), send.clone());
        std::thread::spawn(move || worker(&queue, &web, &stop, &*doing, &send));
    }
    drop(send);
    while !stop.load(Ordering::Relaxed) {
        match receive.recv_timeout(Duration::from_millis(100)) {
            Ok((job, result)) => each(job, result),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    // What has come by now is not thrown away.
    receive
        .try_iter()
        .for_each(|(job, result)| each(job, result));
}

fn worker<W, T>(
    queue: &Mutex<Vec<Job<W>>>,
    web: &Arc<Web>,
    stop: &AtomicBool,
    doing: &impl Fn(&Web, &Job<W>, Turn) -> T,
    send: &SyncSender<(Job<W>, T)>,
) {
    while !stop.load(Ordering::Relaxed) && !web.is_spent() {
        let mut jobs = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let hosts: Vec<_> = jobs.iter().map(|job| host(&job.at)).collect();
        let wanted = hosts.iter().enumerate();
        let next = web
            .gate()
            .enter_first(wanted.map(|(i, host)| (host.as_str(), i)));
        match next {
            Next::Go(index, turn) => {
                let job = jobs.remove(index);
                drop(jobs);
                let result = doing(web, &job, turn);
                if send.send((job, result)).is_err() {
                    return;
                }
            }
            Next::Wait => {
                drop(jobs);
                web.gate().wait_for_any();
            }
            Next::Done => return,
        }
    }
}
